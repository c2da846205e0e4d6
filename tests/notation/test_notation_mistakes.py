"""Every mistake is told at its place, in one go, and in words that help."""

import pytest

from ptrack.errors import AmbiguousError, NotationError, NotFoundError
from ptrack.notation import Mistake, parse_workout
from ptrack.notation.mistakes import notation_error
from ptrack.vocabulary import Unit


def refused(text: str, *, planned: bool = False, source: str = "-", unit: Unit = Unit.KG) -> NotationError:
    with pytest.raises(NotationError) as caught:
        parse_workout(text, unit=unit, source=source, planned=planned, resolve=str)
    return caught.value


def test_the_page_of_the_specification() -> None:
    error = refused("Back Squat: 3x5 100kgs @8")
    assert error.message == "-:1:20: kgs is no unit; a load is 100kg, 225lb, 75% or bw"
    assert error.details == (
        "-:1:20: kgs is no unit; a load is 100kg, 225lb, 75% or bw\n"
        "  Back Squat: 3x5 100kgs @8\n"
        "                     ^"
    )


@pytest.mark.parametrize(
    ("body", "column", "words"),
    [
        ("3x5 100kgs", 8, "kgs is no unit; a load is 100kg"),
        ("3x5 100 kgs", 9, "kgs is no unit"),
        ("3x5 100kg2", 8, "kg2 is no unit"),
        ("3x5 bw+10kgs", 5, "bw+10kgs is not understood"),
        ("3*5 100kg", 2, "joined by one x"),
        ("3 * 5", 3, "joined by x: 3x5"),
        ("3x5 4*5", 6, "follows a comma and a space, joined by x"),
        ("3xx5", 3, "expected after x"),
        ("3x5x5", 4, "joined by one x"),
        ("5 x", 4, "reps are missing after x"),
        ("3x 100kg", 4, "100kg is a load; sets come before it"),
        ("3x, 5", 3, "reps are missing after x"),
        ("3x bw", 4, "reps are missing after x"),
        ("x5", 1, "the number of sets is missing before x"),
        ("3xAMRAP", 3, "written with a +: 3x5+"),
        ("3x-5", 3, "whole numbers"),
        ("3x5.5", 4, "whole numbers"),
        ("3x1:3", 4, "1:30"),
        ("3x5kgs", 4, "kgs is no unit; sets are written"),
        ("3x5!", 4, "! is not understood"),
        ("hello", 1, "hello is no set"),
        ("", 0, "sets are missing"),
        (", 3x5", 1, "sets are missing"),
        ("3x5,", 5, "sets are missing"),
        ("3x5, , 3x5", 6, "sets are missing"),
        ("rest 90s", 1, "sets come first"),
        ("@8 3x5", 1, "sets come first"),
        ("bw 3x5", 1, "sets come first"),
        ("100kg 3x5", 1, "100kg is a load; sets come before it"),
        ("75%", 1, "75% is a load"),
        ("3x5 @11", 5, "11 is no RPE; it goes from 1 to 10"),
        ("3x5 @0", 5, "0 is no RPE"),
        ("3x5 @7.3", 5, "it comes in halves: @7 or @7.5"),
        ("3x5 @9,8", 5, "it comes in halves: @9.5 or @10"),
        ("3x5 @", 5, "after @ comes an RPE"),
        ("3x5 @hard", 5, "after @ comes an RPE"),
        ("3x5 @100kg", 5, "@ is RPE; a load stands without it"),
        ("3x5 rpe 8", 5, "RPE is written @8"),
        ("3x5 rir10", 5, "from 0 to 9"),
        ("3x5 rir1.3", 5, "from 0 to 9"),
        ("3x5 rir", 5, "written rir2"),
        ("3x5 62,5", 5, "62,5 has a comma and no unit; write 62.5 or 62,5kg"),
        ("3x5 bw+2,5", 8, "2,5 has a comma and no unit"),
        ("3x5 -20kg", 5, "assistance bw-20kg"),
        ("3x5 +10kg", 5, "bw+10kg"),
        ("3x5+10kg", 5, "bw+10kg"),
        ("3x10/leg", 5, "3x10/side"),
        ("3x10 /leg", 6, "3x10/side"),
        ("3x5 tempo fast", 5, "tempo 3-1-1-0"),
        ("3x5 tempo 3-1-1-0-3-1-1-0", 11, "tempo 3-1-1-0"),
        ("3x5 w", 5, "w stands before its sets"),
        ("3x5 8-12", 5, "a range of reps is written 3x8-12"),
        ("3x5 foo", 5, "foo is not understood"),
        ("3x5 100kg 90kg", 11, "90kg is a second load"),
        ("3x5 100 90", 9, "90 is a second load"),
        ("3x5 bw 90kg", 8, "90kg is a second load"),
        ("3x5 @8 rir2", 8, "rir2 is a second RPE"),
        ("3x5 @8 @9", 8, "@9 is a second RPE"),
        ("3x45s 1min", 7, "1min is a second time"),
        ("1x5km 2mi", 7, "2mi is a second distance"),
        ("3x5 tempo 3110 tempo 3110", 16, "tempo 3110 is a second tempo"),
        ("3x5 100kg 1x10 80kg", 11, "a new group of sets follows a comma and a space"),
        ("3x5,5,4", 4, "a comma between groups is followed by a space"),
        ("3x5 @8,1x5", 7, "a comma between groups is followed by a space"),
        ("5,5,3x8", 2, "a comma between groups is followed by a space"),
        ("3x5 rest 90", 10, "rest 90s, rest 2min or rest 1:30"),
        ("3x5 rest", 9, "a time to rest is expected"),
        ("3x5 rest 90s rest 60s", 14, "a second rest"),
        ("3x5 rest 90s @8", 14, "rest and progress stand at the end"),
        ("3x5 rest 90s, 1x3", 15, "rest and progress stand at the end"),
        ("3x5 progress", 13, "progress +2.5kg or progress double"),
        ("3x5 progress 2.5kg", 14, "progress +2.5kg or progress double"),
        ("3x5 progress +0kg", 14, "progress +2.5kg or progress double"),
        ("3x5 progress double progress double", 21, "a second progress"),
        ("3x8-12 60kg", 3, "8-12 is a range; a log writes the reps that were reached, such as 3x12"),
        ("3x0", 3, "0 reps; write at least 1"),
        ("0x5", 1, "0 sets; write at least 1"),
        ("5,0 100kg", 3, "0 reps; write at least 1"),
        ("3x0s", 3, "0s is no time"),
        ("1x0:00", 3, "0:00 is no time"),
        ("1x0m", 3, "0m is no distance"),
        ("1x1:75", 3, "1:75 is no time"),
        ("1x1:75:00", 3, "1:75:00 is no time"),
        ("1x12.4s", 3, "whole seconds"),
        ("3x5 0%", 5, "above 0, at most 200%"),
    ],
)
def test_a_mistake_in_the_sets(body: str, column: int, words: str) -> None:
    error = refused(f"Squat: {body}")
    place, _, sentence = error.message.partition(": ")
    assert place == f"-:1:{7 + column}"
    assert words in sentence
    assert error.details.splitlines()[2] == " " * (2 + 6 + column) + "^"


@pytest.mark.parametrize(
    ("body", "column", "words"),
    [
        ("3x12-8 60kg", 3, "12-8 goes down; a range is written 8-12"),
        ("3x8-12+ 60kg", 3, "8-12+ is a range and a +"),
        ("3x5 skip", 5, "skip stands in a log"),
        ("3x8-0", 5, "0 reps"),
    ],
)
def test_a_mistake_in_a_plan(body: str, column: int, words: str) -> None:
    error = refused(f"Squat: {body}", planned=True)
    assert error.message.startswith(f"-:1:{7 + column}: ")
    assert words in error.message


@pytest.mark.parametrize(
    ("within", "past", "column", "limit"),
    [
        ("99x5", "100x5", 1, "at most 99"),
        (",".join(["5"] * 99), ",".join(["5"] * 100), 1, "at most 99"),
        ("1x9999", "1x10000", 3, "at most 9,999"),
        ("5,9999", "5,10000", 3, "at most 9,999"),
        ("1x5 1000kg", "1x5 1000.001kg", 5, "at most 1,000 kg"),
        ("1x5 2204.62lb", "1x5 2204.63lb", 5, "at most 1,000 kg (2,204 lb)"),
        ("1x5 1000", "1x5 1001", 5, "at most 1,000 kg"),
        ("1x5 bw-1000kg", "1x5 bw-1001kg", 8, "at most 1,000 kg"),
        ("1x5 progress +1000kg", "1x5 progress +1001kg", 14, "at most 1,000 kg"),
        ("1x5 200%", "1x5 200.01%", 5, "at most 200%"),
        ("1x24h", "1x24.01h", 3, "at most 24 h"),
        ("1x24:00:00", "1x24:00:01", 3, "at most 24 h"),
        ("1x5 rest 1440min", "1x5 rest 1441min", 10, "at most 24 h"),
        ("1x1000km", "1x1000.1km", 3, "at most 1,000 km"),
        ("1x621mi", "1x622mi", 3, "at most 1,000 km"),
        ("1x5", "9" * 5000 + "x5", 1, "at most 99"),
        ("1x5", "1x5 " + "9" * 5000 + "kg", 5, "at most 1,000 kg"),
        ("1x5", "1x" + "9" * 5000 + ":00", 3, "at most 24 h"),
        ("1x5", "1x5 @" + "9" * 5000, 5, "from 1 to 10"),
    ],
)
def test_past_a_limit_the_limit_is_named(within: str, past: str, column: int, limit: str) -> None:
    assert parse_workout(f"Squat: {within}", unit=Unit.KG, resolve=str)
    error = refused(f"Squat: {past}")
    assert error.message.startswith(f"-:1:{7 + column}: ")
    assert limit in error.message


def test_a_text_past_64_kib() -> None:
    squat = "Squat: 3x5 # "
    assert parse_workout(squat + "é" * ((65_536 - len(squat)) // 2), unit=Unit.KG, resolve=str)
    error = refused(squat + "é" * 32_768)
    assert error.message == "-:1:1: the text has 65,549 bytes; the limit is 64 KiB (65,536)"


def test_a_day_past_200_lines() -> None:
    assert len(parse_workout("Squat: 3x5\n" * 200, unit=Unit.KG, resolve=str)) == 200
    error = refused("Squat: 3x5\n" * 250)
    assert error.message == "-:201:1: more than 200 lines; a day has at most 200"


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("Back Squat 3x5", "1:1", "Back Squat 3x5 has no colon; an exercise line is written Back Squat: 3x5"),
        ("Plank 1x1:30", "1:1", "Plank 1x1:30 has no colon"),
        ("A1 Plank 1x1:30", "1:4", "Plank 1x1:30 has no colon"),
        (": 3x5", "1:1", "the exercise is missing before the colon"),
        ('"": 3x5', "1:1", "the exercise is missing before the colon"),
        ('" ": 3x5', "1:1", "the exercise is missing before the colon"),
        ('"Row: 3x5', "1:1", "this quote is not closed"),
        ('"Row" 3x5', "1:6", "a colon is missing behind the name"),
        ('Squat: 3x5\n "Row"', "2:7", "a colon is missing behind the name"),
        ("[foo]", "1:1", "[foo] is no section; a section is [warm-up], [main], [accessory] or [cool-down]"),
        ("[]", "1:1", "[] is no section"),
        ("[main", "1:1", "this bracket is not closed"),
        ("[main] Squat: 3x5", "1:8", "a section stands on a line of its own"),
    ],
)
def test_a_mistake_outside_the_sets(text: str, place: str, words: str) -> None:
    error = refused(text)
    assert error.message.startswith(f"-:{place}: {words}")


def test_all_mistakes_are_told_in_one_go() -> None:
    error = refused("Squat: 3x5 1kgs, 3*4, 0x1; [odd]\n\nRow: 3x5\n Dip 3x5", source="plan.txt")
    assert (
        error.message
        == "plan.txt:1:13: kgs is no unit; a load is 100kg, 225lb, 75% or bw (and 4 more mistakes)"
    )
    assert [text for text in error.details.splitlines() if not text.startswith("  ")] == [
        "plan.txt:1:13: kgs is no unit; a load is 100kg, 225lb, 75% or bw",
        "plan.txt:1:19: sets and reps are joined by one x: 3x5",
        "plan.txt:1:23: 0 sets; write at least 1, or skip for what was not done",
        "plan.txt:1:28: [odd] is no section; a section is [warm-up], [main], [accessory] or [cool-down]",
        "plan.txt:4:2: Dip 3x5 has no colon; an exercise line is written Back Squat: 3x5 100kg",
    ]
    assert refused("Squat: 3x0, 0x3").message.endswith("(and 1 more mistake)")


def test_a_name_that_cannot_be_resolved_is_a_mistake_at_the_name() -> None:
    def resolve(name: str) -> str:
        if name == "Sqat":
            raise NotFoundError("No exercise is called Sqat.", ("Back Squat", "Front Squat"))
        raise AmbiguousError("Two exercises begin with Row.", ("Row Machine", "Back Squat"))

    with pytest.raises(NotationError) as caught:
        parse_workout("A1 Sqat: 3*5\nRow: 3x5\nRow: 1x1", unit=Unit.KG, resolve=resolve)
    assert [text for text in caught.value.details.splitlines() if not text.startswith("  ")] == [
        "-:1:4: No exercise is called Sqat.",
        "-:1:11: sets and reps are joined by one x: 3x5",
        "-:2:1: Two exercises begin with Row.",
        "-:3:1: Two exercises begin with Row.",
    ]
    assert caught.value.candidates == ("Back Squat", "Front Squat", "Row Machine")


@pytest.mark.parametrize(
    ("before", "drawn", "cells"),
    [
        ("Squat\t\tx", "Squat  x", 8),
        ("日本語", "日本語", 6),
        ("e\u0301te\u0301", "e\u0301te\u0301", 3),
        ("a\u202eb\x1b[31mc", "a\ufffdb\ufffd[31mc", 9),
        ("a\u200bb\ud800", "a\ufffdb\ufffd", 4),
        ("a\u00a0\u3000b", "a  b", 4),
        ("\U0001f3cb squat", "\U0001f3cb squat", 7),
    ],
)
def test_the_caret_stands_under_the_place(before: str, drawn: str, cells: int) -> None:
    error = refused(f"{before}: 3x5 1kgs")
    _, shown, caret = error.details.splitlines()
    assert shown == f"  {drawn}: 3x5 1kgs"
    assert caret == " " * (2 + cells + len(": 3x5 1")) + "^"
    assert error.message.startswith(f"-:1:{len(before) + 8}: ")


def test_of_a_long_line_only_what_is_around_the_place_is_shown() -> None:
    error = refused(f"Squat: {'3x5, ' * 100}3x5 1kgs, {'3x5, ' * 100}3x5")
    _, shown, caret = error.details.splitlines()
    assert shown.startswith("  …")
    assert shown.endswith("…")
    assert len(shown) < 110
    assert shown[caret.index("^") :].startswith("kgs, ")


def test_what_is_quoted_is_safe_and_short() -> None:
    error = refused(f"Squat: 3x5 {'é' * 80}", source="a\x1bb")
    assert error.message.startswith(f"a\ufffdb:1:12: {'é' * 29}… is not understood")
    assert "\x1b" not in refused("Squat \x1b[2J").details


def test_of_a_text_that_is_no_notation_five_hundred_mistakes_are_listed() -> None:
    mistakes = [Mistake(number, 1, "no") for number in range(1, 1502)]
    error = notation_error("-", ["x"] * 1501, mistakes)
    assert error.message == "-:1:1: no (and 1500 more mistakes)"
    assert error.details.splitlines()[-1] == "and 1,001 more mistakes"
    assert len(error.details.splitlines()) == 500 * 3 + 1
