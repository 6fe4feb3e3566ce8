"""Steps of a coupling run that more than one walk takes."""

from binglian.sheets.writing import SheetOut, write_workbook
from tests.browser.walking import Person


def workbook(columns, rows) -> bytes:
    return write_workbook([SheetOut("清单", columns, rows)])


def bring_in(person: Person, kind: str, content: bytes, count: int) -> None:
    person.go(f"/a/historic/import/{kind}/")
    person.page.set_input_files(
        "input[type=file]",
        {
            "name": f"{kind}.xlsx",
            "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "buffer": content,
        },
    )
    person.press(person.say("核对"))
    person.press(person.say_many("全部导入（%(count)s 项）", count))
    label = person.say({"offers": "资源清单", "needs": "需求清单"}[kind])
    done = person.say("%(kind_label)s已导入", kind_label=label)
    assert person.page.locator("h1").inner_text() == done


def approve(person: Person) -> None:
    person.go("/a/historic/decisions/")
    decision = person.page.locator("main th a[href*='/decisions/']").first
    decision.click()
    person.look()
    person.press(person.say("同意"))
