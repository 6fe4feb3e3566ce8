"""Small MS Project files for the claims, put together from their elements."""

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<Project xmlns="http://schemas.microsoft.com/project">
<Title>Courtyard</Title>
<StartDate>2026-03-02T08:00:00</StartDate>
<CalendarUID>1</CalendarUID>
<Calendars>{calendars}</Calendars>
<Tasks>{tasks}</Tasks>
<Resources>{resources}</Resources>
<Assignments>{assignments}</Assignments>
</Project>
"""
HOURS = (
    "<WorkingTimes>"
    "<WorkingTime><FromTime>08:00:00</FromTime><ToTime>12:00:00</ToTime></WorkingTime>"
    "<WorkingTime><FromTime>13:00:00</FromTime><ToTime>17:00:00</ToTime></WorkingTime>"
    "</WorkingTimes>"
)


def week(working=range(2, 7)):
    """A week: days count from 1, Sunday; Monday to Friday unless said."""
    days = "".join(
        f"<WeekDay><DayType>{day}</DayType><DayWorking>{int(day in working)}</DayWorking>"
        f"{HOURS if day in working else ''}</WeekDay>"
        for day in range(1, 8)
    )
    return f"<WeekDays>{days}</WeekDays>"


def calendar(uid=1, name="Standard", days=None, more=""):
    inside = week() if days is None else days
    return (
        f"<Calendar><UID>{uid}</UID><Name>{name}</Name><IsBaseCalendar>1</IsBaseCalendar>"
        f"<BaseCalendarUID>-1</BaseCalendarUID>{inside}{more}</Calendar>"
    )


def exception(first, last, working=False, more=""):
    return (
        f"<Exceptions><Exception><TimePeriod><FromDate>{first}T00:00:00</FromDate>"
        f"<ToDate>{last}T23:59:00</ToDate></TimePeriod>{more}"
        f"<DayWorking>{int(working)}</DayWorking>{HOURS if working else ''}"
        f"</Exception></Exceptions>"
    )


def task(uid, hours=8, level=1, more=""):
    return (
        f"<Task>\n<UID>{uid}</UID><ID>{uid}</ID><Name>Task {uid}</Name>"
        f"<OutlineLevel>{level}</OutlineLevel>\n<Duration>PT{hours}H0M0S</Duration>\n{more}</Task>"
    )


def link(before, kind=1, lag=0, unit=7):
    return (
        f"<PredecessorLink><PredecessorUID>{before}</PredecessorUID><Type>{kind}</Type>"
        f"<LinkLag>{lag}</LinkLag><LagFormat>{unit}</LagFormat></PredecessorLink>"
    )


def resource(uid, name, units="1.00", calendar_uid=1, kind=1):
    return (
        f"<Resource><UID>{uid}</UID><Name>{name}</Name><Type>{kind}</Type>"
        f"<MaxUnits>{units}</MaxUnits><CalendarUID>{calendar_uid}</CalendarUID></Resource>"
    )


def assignment(task_uid, resource_uid, units="1.00"):
    return (
        f"<Assignment><TaskUID>{task_uid}</TaskUID><ResourceUID>{resource_uid}</ResourceUID>"
        f"<Units>{units}</Units></Assignment>"
    )


def project(*tasks, calendars=None, resources="", assignments=""):
    return HEAD.format(
        calendars=calendars or calendar(),
        tasks="\n".join(tasks),
        resources=resources,
        assignments=assignments,
    )
