"""Documents with every part, for the output tests: a calm one to look at, and texts that mean harm."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

from ptrack.output.document import (
    Bar,
    Bars,
    Block,
    Chart,
    Column,
    Day,
    Document,
    Fields,
    Heading,
    Hint,
    Lane,
    Lines,
    MonthDay,
    MonthGrid,
    MonthText,
    Part,
    Series,
    Span,
    Style,
    Table,
    TimeGrid,
    line,
)
from ptrack.vocabulary import ClientStatus

BERLIN = timezone(timedelta(hours=1))
FRIDAY = date(2026, 11, 20)

HOSTILE = (
    "Zoë Ångström",
    "Ελένη Παπαδοπούλου",
    "Дмитрий Щукин",
    "李小龍",
    "やまだ たろう",
    "김철수",
    "محمد علي",
    "דוד כהן",
    "अनिल कुमार",
    "สมชาย ใจดี",
    "Գրիգոր",
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
    "a\x00b\x08\x7f\x9b31m",
    "line\nline\r\n\ttab\u2028para\u2029",
    "\u202eevil\u2066 x\u2069\u200f",
    "[red]bold[/red] [/]",
    "=HYPERLINK(1)",
    "@SUM(A1)",
    "🏋️\u200d♀️👩\u200d👩\u200d👧 ❤️ 🇩🇪",
    "Z" + "\u0301" * 40 + "algo",
    "\ud800lone",
    "\u0301leading mark",
    "\uff26\uff35\uff2c\uff2c\u3000\uff57",
    "x" * 10_000,
    "word " * 2_000,
    "漢" * 300,
    "",
)


@dataclass(frozen=True)
class Client:
    id: int
    name: str
    status: ClientStatus
    credits: int
    weight_kg: float | None
    next_appointment: datetime | None


ANNA = Client(3, "Anna Berg", ClientStatus.ACTIVE, 9, 63.2, datetime(2026, 11, 24, 10, tzinfo=BERLIN))
LONG = Client(17, "Maximiliane von Hohenstein-Württemberg", ClientStatus.PAUSED, 0, 0.1 + 0.2, None)
LEE = Client(104, "李小龍", ClientStatus.ACTIVE, -1, None, datetime(2026, 11, 27, 17, tzinfo=BERLIN))


def client_columns() -> list[Column]:
    return [
        Column("id", "No", align="right"),
        Column("name", "Client", flexible=True, style=lambda _: Style.STRONG),
        Column("status", "Status", priority=1),
        Column(
            "credits",
            "Credits",
            align="right",
            style=lambda client: Style.BAD if client.credits <= 0 else Style.PLAIN,
        ),
        Column("weight_kg", "kg", align="right", show=lambda kg: f"{kg:.1f}" if kg else "", priority=2),
        Column(
            "next_appointment",
            "Next",
            show=lambda moment: f"{moment:%a %d %b %H:%M}" if moment else "",
            priority=3,
        ),
        Column("hidden", value=lambda client: client.id * 2, on_screen=False),
        Column("shown", "", value=lambda client: "x" if client.credits else "", in_data=False, priority=4),
    ]


def client_table(rows: Sequence[Client] = (ANNA, LONG, LEE)) -> Table:
    return Table(
        client_columns(),
        rows,
        empty="No clients yet. Add one: ptrack clients add 'Anna Berg'",
        sum_row=["", f"{len(rows)} clients", "", "8"],
    )


def week(names: Sequence[str] = ("Ben", "Anna", "Cleo", "Dana", "Emil", "Group of 4", "Finn")) -> TimeGrid:
    labels = ("Mon 16", "Tue 17", "Wed 18", "Thu 19", "Fri 20", "Sat 21", "Sun 22")
    days = [Day(FRIDAY + timedelta(days=i - 4), label, i == 4) for i, label in enumerate(labels)]
    blocks = [
        Block(1, 420, 480, "o", (names[0], "4 left")),
        Block(0, 540, 600, "x", (names[1], "9 left"), Style.GOOD),
        Block(1, 660, 720, "!", (names[2], "owes 1"), Style.BAD),
        Block(4, 660, 720, "o", (names[2], "owes 1")),
        Block(4, 675, 735, "o", (names[3], "2 left")),
        Block(3, 1020, 1080, "-", (names[3], "late"), Style.MUTED),
        Block(4, 1020, 1080, "o", (names[4], "0 left")),
        Block(5, 480, 570, "o", (names[5], "legs")),
        Block(2, 1080, 1110, "o", (names[6], "30 min")),
    ]
    return TimeGrid(days, blocks, now=(4, 620), empty="No appointments this week.")


def shared_week(trainers: int, *, is_crowded: bool = False) -> TimeGrid:
    """A week of several trainers with a group, a day off, and hours at which many work at once."""
    names = ("Maya", "Olof", "Fio", "Ray", "Tove", "Uwe", "Vera", "Wim", "Xenia", "Yara", "Zoe", "Ada")
    lanes = [Lane(f"{name} Lindqvist", name, name[:2].upper()) for name in names[:trainers]]
    off = [["off" if (lane, day) == (1, 2) else "" for lane in range(trainers)] for day in range(7)]
    days = [day._replace(notes=notes) for day, notes in zip(week().days, off, strict=True)]
    clients = ("Ben Olsen", "Anna", "Дмитрий", "Cleo", "Group")
    blocks = [
        Block(
            day=day,
            start_min=60 * (8 if is_crowded else 8 + lane % 12) + 15 * (day % 2),
            end_min=60 * (8 if is_crowded else 8 + lane % 12) + 60,
            sign="ox!-o"[day],
            lines=(clients[day], "3 done, 1 no-show" if day == 4 else f"{lane} left", "Studio Nord"),
            tail=" x4" if day == 4 else "",
            brief="3x 1!" if day == 4 else "",
            lane=lane,
        )
        for day in range(5)
        for lane in range(trainers)
    ]
    return TimeGrid(days, blocks, (4, 500), lanes=lanes)


def month(name: str = "07:00 Ben") -> MonthGrid:
    first = date(2026, 10, 26)
    days = [
        MonthDay(
            first + timedelta(days=offset),
            [MonthText(name, Style.GOOD)] * (offset % 4),
            6 <= offset <= 35,
            first + timedelta(days=offset) == FRIDAY,
        )
        for offset in range(42)
    ]
    return MonthGrid(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), days)


def weight_chart(name: str = "weight", count: int = 20) -> Chart:
    start = datetime(2026, 6, 1, 12, tzinfo=UTC)
    points = [(start + timedelta(days=8 * i), 82 - 0.3 * i + (i * 7 % 5) / 4) for i in range(count)]
    end = start + timedelta(days=180)
    return Chart(
        "Weight, Anna Berg",
        "kg",
        [
            Series(name, points),
            Series("trend", [(start, 82.4), (end, 76.1)], "line"),
            Series("goal", [(start, 76.0), (end, 76.0)], "line"),
        ],
        summary="falling, 0.25 kg a week (20 entries since 1 Jun)",
        empty="No entries yet.",
    )


def every_part(name: str = "Anna Berg") -> list[Part]:
    """One of each part, with the name in each of its texts."""
    client = Client(3, name, ClientStatus.ACTIVE, 9, 1.0, None)
    return [
        Heading(name, name),
        Heading(name, level=2),
        client_table((client, ANNA)),
        Table([Column("name", name)], [client], title=name, sum_row=[name]),
        Table([Column("name", name)], [], title=name, empty=name),
        Fields([("Name", name), (name, "value"), ("Empty", "")], title=name),
        Lines([line("At ", Span(name, Style.WARN), " again"), line()], indent=3),
        Bars(name, [Bar(name, 30, "30 (66.7 %)"), Bar("Trainer-led", 15, name), Bar("None", 0)]),
        weight_chart(name),
        week([name] * 7),
        TimeGrid(
            [Day(FRIDAY, name, notes=[name, name])],
            [Block(0, 540, 620, name, (name, name), tail=name, brief=name, lane=lane) for lane in (0, 1)],
            lanes=[Lane(name, name, name)] * 2,
        ),
        month(name),
        Hint(f"ptrack clients show {name}", name),
        Hint("ptrack today"),
    ]


def whole_page() -> Document:
    """A page with every part, to be looked at."""
    return Document(
        [
            Heading("Week 47   16 \u2013 22 November 2026", "Maya Lindqvist, Studio Nord"),
            week(),
            Heading("Clients", level=2),
            client_table(),
            Fields(
                [("Email", "anna@example.org"), ("Phone", ""), ("Goals", "Squat 120 kg by summer, and run")]
            ),
            Lines(
                [line("close    Tue 17  11:00  ", Span("Cleo Marsh", Style.STRONG), "     no-show")], indent=3
            ),
            Bars(
                "Usage",
                [Bar("Solo", 30, "30 (66.7 %)"), Bar("Trainer-led", 15, "15 (33.3 %)"), Bar("None", 0, "0")],
            ),
            weight_chart(),
            month(),
            Hint("ptrack close tue", "close"),
            Hint("ptrack packages sell emil", "renew"),
        ],
        data={"price": Decimal("12.50"), "clients": [ANNA]},
        title="Week 47",
    )
