"""What a reader had to decide where a file says more than the engine can hold."""

from dataclasses import dataclass
from enum import StrEnum

from .phrases import Language


class Decided(StrEnum):
    """What was decided."""

    LEAD = "lead"
    MANUAL = "manual"
    ALAP = "alap"
    LAG_ROUNDED = "lag_rounded"
    OUTSIDE = "outside"
    UNCONFIRMED = "unconfirmed"
    NO_WORK = "no_work"
    SUMMARY_LINK = "summary_link"
    SPLIT = "split"
    MATERIAL = "material"
    RAISED = "raised"


_SAID: dict[Language, dict[Decided, str]] = {
    "zh": {
        Decided.LEAD: "{what}：提前量按日历时间计，比按工作时间更严。",
        Decided.MANUAL: "{what}：手动排定的任务从文件所写的开始时间起排。",
        Decided.ALAP: "{what}：“越晚越好”按“越早越好”排，宽裕时间可推迟。",
        Decided.LAG_ROUNDED: "{what}：时距不是整单位，向上取整。",
        Decided.OUTSIDE: "{what}：与本文件以外的任务相连，这条关系略去。",
        Decided.UNCONFIRMED: "{what}年的放假调休尚未公布，日期是暂定的。",
        Decided.NO_WORK: "{what}：日历没有工作时间，按每天都工作计。",
        Decided.SUMMARY_LINK: "{what}：摘要任务上的前后关系改由其下各任务承担。",
        Decided.SPLIT: "{what}：已拆分的任务按未拆分排。",
        Decided.MATERIAL: "{what}：材料不限制时间，略去。",
        Decided.RAISED: "{what}：有任务占用的比它的全部还多，容量按该任务所需计。",
    },
    "en": {
        Decided.LEAD: "{what}: the lead is counted in elapsed time, which is stricter.",
        Decided.MANUAL: "{what}: scheduled by hand, so not before the start in the file.",
        Decided.ALAP: "{what}: “as late as possible” is planned early; its float may be used.",
        Decided.LAG_ROUNDED: "{what}: the lag is no whole unit and was rounded up.",
        Decided.OUTSIDE: "{what}: linked to a task outside the file; the link is left out.",
        Decided.UNCONFIRMED: "The holidays of {what} are not published yet: dates are provisional.",
        Decided.NO_WORK: "{what}: the calendar has no working time; every day is worked.",
        Decided.SUMMARY_LINK: "{what}: links of a summary task hold for the tasks below it.",
        Decided.SPLIT: "{what}: split tasks are planned in one piece.",
        Decided.MATERIAL: "{what}: materials do not limit time and are left out.",
        Decided.RAISED: "{what}: one task asks for more than there is; as much is taken to be.",
    },
}


@dataclass(frozen=True)
class Remark:
    """One decision; ``what`` names the task, calendar or year it concerns."""

    decided: Decided
    what: str

    def in_words(self, language: Language) -> str:
        """Return it as one sentence."""
        return _SAID[language][self.decided].format(what=self.what)
