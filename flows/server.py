"""Whether a Prefect server is there, and whether it lets us in."""

import base64
import os
import re
import urllib.error
import urllib.request


def out_of_reach(api: str) -> str:
    """Why the server of an API does not answer, without a password its address may hold; empty when it does."""
    try:
        with urllib.request.urlopen(f"{api.rstrip('/')}/health", timeout=5):  # noqa: S310 - the address is the user's
            return ""
    except (OSError, ValueError, urllib.error.URLError) as error:
        return f"{shown(api)} does not answer: {error}"


def refuses(api: str) -> bool:
    """Whether it asks for a password and PREFECT_API_AUTH_STRING is not it."""
    password = base64.b64encode(os.environ.get("PREFECT_API_AUTH_STRING", "").encode()).decode()
    asked = urllib.request.Request(f"{api.rstrip('/')}/admin/version")  # noqa: S310 - the address is the user's
    asked.add_header("authorization", f"Basic {password}")
    try:
        urllib.request.urlopen(asked, timeout=5).close()  # noqa: S310 - the address in the settings
    except urllib.error.HTTPError as error:
        return error.code == 401
    return False


def shown(api: str) -> str:
    """The address as it may be printed."""
    return re.sub(r"//[^/@]*@", "//", api)
