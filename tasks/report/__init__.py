"""The report stage: one self-contained page about a release, and the same facts as Markdown for the Prefect UI.

Everything shown comes from scrapes, so all of it is escaped: Jinja does it in the page, `artifact` in Markdown.
"""

from tasks.report.artifact import markdown
from tasks.report.glance import summary
from tasks.report.page import write_failed, write_summary
from tasks.report.rejected import rejected_by_reason
from tasks.report.words import COUNTERS

__all__ = ["COUNTERS", "markdown", "rejected_by_reason", "summary", "write_failed", "write_summary"]
