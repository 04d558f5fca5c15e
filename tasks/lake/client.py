"""The connection to an object store: patience with it, and its refusals in words of ours, which never hold a secret."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from tasks.lake.errors import LakeError, LakeReadOnly, StoreRefused, StoreUnreachable

if TYPE_CHECKING:
    from obstore.store import S3Store

# With pauses of .1, .2, .4 ... seconds, ten at most: half a minute of trouble is waited for. AWS_MAX_ATTEMPTS, as the
# tools of AWS read it, says otherwise.
_ATTEMPTS = 9
_LONGEST_PAUSE = 10
_ALL_ATTEMPTS = 180
_NO_BUCKET = re.compile("NoSuchBucket|InvalidBucketName")
_OF_STORE = re.compile(r"S3 error|S3Error|object store|Error performing|error sending request|Request ID|169\.254\.")
_NO_KEYS = re.compile(
    "AccessDenied|InvalidAccessKeyId|SignatureDoesNotMatch|ExpiredToken|InvalidToken|403 Forbidden|401 Unauthorized"
    "|169.254.169.254|169.254.170.2|CredentialProvider"
)


def connect(address: str) -> "S3Store":
    """The store at `s3://bucket/prefix`, with the credentials of the environment as it is now.

    Raises:
        StoreRefused: the extra `s3` is not installed, or the environment says what cannot be.
    """
    if find_spec("obstore") is None:
        then = "pip install 'qingliu[s3]'"
        raise StoreRefused("a lake on s3:// needs the extra `s3`", where=address, then=then)
    return _connect(address, tuple(sorted((k, v) for k, v in os.environ.items() if k.startswith("AWS_"))))


@lru_cache(maxsize=8)
def _connect(address: str, environment: tuple[tuple[str, str], ...]) -> "S3Store":
    from obstore.exceptions import BaseError
    from obstore.store import S3Store

    try:
        store: S3Store = S3Store.from_url(address, **settings())
    except (BaseError, ValueError) as error:
        then = "look at the AWS_ variables of the environment"
        raise StoreRefused("no connection can be made", where=address, why=_told(error), then=then) from None
    return store


def settings() -> dict[str, Any]:
    """How obstore is to connect, beside what it reads from the environment itself."""
    backoff = {"init_backoff": timedelta(seconds=0.1), "max_backoff": timedelta(seconds=_LONGEST_PAUSE), "base": 2}
    patience = timedelta(seconds=_ALL_ATTEMPTS)
    return {
        "client_options": {"allow_http": _is_plain()},
        "retry_config": {"max_retries": _retries(), "backoff": backoff, "retry_timeout": patience},
    }


def options() -> dict[str, str]:
    """How polars and deltalake are to connect, likewise."""
    return {
        "aws_allow_http": str(_is_plain()).lower(),
        "conditional_put": "etag",
        "max_retries": str(_retries()),
        "retry_timeout": f"{_ALL_ATTEMPTS}s",
    }


@contextmanager
def asking(where: str, *, writes: bool = False) -> Iterator[None]:
    """Turn what an object store says into an error that names the object and the way on.

    A missing object stays a FileNotFoundError: who asked knows whether that is an error.
    """
    from obstore.exceptions import BaseError, PermissionDeniedError, UnauthenticatedError

    try:
        yield
    except (BaseError, OSError) as error:
        told = str(error)
        if _NO_BUCKET.search(told):
            then = "make the bucket, or correct the address"
            raise StoreRefused("there is no such bucket", where=where, then=then) from None
        if isinstance(error, FileNotFoundError):
            raise FileNotFoundError(where) from None
        if isinstance(error, PermissionDeniedError | UnauthenticatedError) or _NO_KEYS.search(told):
            raise _refusal(where, told, writes=writes) from None
        then = "run again; the last release is untouched"
        raise StoreUnreachable("the object store does not answer", where=where, why=_told(error), then=then) from None


@contextmanager
def engine(where: str) -> Iterator[None]:
    """The same for what DuckDB or deltalake say of the store; what they say of anything else stays as it is."""
    try:
        yield
    except LakeError:
        raise
    except Exception as error:
        if not _OF_STORE.search(str(error)):
            raise
        with asking(where, writes="PUT" in str(error)):
            raise OSError(str(error)) from None


def _refusal(where: str, told: str, *, writes: bool) -> Exception:
    code = re.search(r"<Code>(\w+)</Code>", told)
    why = code.group(1) if code else "no credentials" if "169.254." in told else "not permitted"
    if writes and why in ("AccessDenied", "not permitted"):
        then = "allow s3:PutObject and s3:DeleteObject there, then run again"
        return LakeReadOnly("cannot write", where=where, why=why, then=then)
    then = "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or QINGLIU_S3_BLOCK; then qingliu doctor"
    return StoreRefused("the object store refuses the credentials", where=where, why=why, then=then)


def _told(error: Exception) -> str:
    """The first words of an error: what follows may be a page of markup, or headers."""
    status = re.search(r"status code: (\d{3}[^:<\n]*)", str(error))
    if status:
        return status.group(1).strip()
    last = str(error).split("\n")[0].split(" - ")[-1]
    return re.sub(r"https?://\S+", "", last)[:160].strip(" :()")


def _is_plain() -> bool:
    """Whether the endpoint that was asked for has no encryption: asked for is allowed."""
    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL") or ""
    return endpoint.startswith("http://")


def _retries() -> int:
    told = os.environ.get("AWS_MAX_ATTEMPTS", "")
    return max(int(told) - 1, 0) if told.isdecimal() else _ATTEMPTS - 1
