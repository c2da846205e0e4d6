"""The practice's logo as it goes along with each message: small, within the message, never fetched."""

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

LARGEST = 200_000
"""Bytes; a larger logo stays at home, lest every reminder weigh as much."""

LOGO_ID = "logo@ptrack"
_SIGNATURES = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg", b"GIF8": "gif"}


class Logo(NamedTuple):
    """A logo's bytes and media subtype; empty where none goes along, with the reason."""

    content: bytes = b""
    subtype: str = ""
    fault: str | None = None


@lru_cache(8)
def logo_of(path: str | None) -> Logo:
    """The logo in a file. A message goes out without one that cannot be used."""
    if not path:
        return Logo()
    try:
        content = Path(path).expanduser().read_bytes()
    except (OSError, RuntimeError, ValueError) as error:
        return Logo(fault=f"The logo {path} cannot be read: {error}.")
    if len(content) > LARGEST:
        return Logo(fault=f"The logo {path} has {len(content):,} bytes; mail takes {LARGEST:,} at most.")
    subtype = next((name for begin, name in _SIGNATURES.items() if content.startswith(begin)), None)
    if subtype is None:
        return Logo(fault=f"The logo {path} is no PNG, JPEG or GIF.")
    return Logo(content, subtype)
