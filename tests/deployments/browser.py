"""Superset in a real browser: its dashboard, and the columns of a dataset, as pictures and text.

python browser.py ADDRESS USER PASSWORD FOLDER    with Superset's own Python, which has selenium
"""

import json
import shutil
import sys
import tempfile
import time
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

QUIET = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--window-size=1500,2000",
)  # fmt: skip
DRAWN = """
const waiting = document.querySelectorAll('.loading, .ant-spin-spinning, [data-test="loading-indicator"]').length;
return document.readyState === 'complete' && waiting === 0;
"""


def main(address: str, user: str, password: str, folder: Path) -> dict[str, object]:
    options = Options()
    options.binary_location = shutil.which("chromium") or ""
    for flag in (*QUIET, f"--user-data-dir={tempfile.mkdtemp()}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    browser = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        log_in(browser, f"{address}/login/", user, password)
        browser.get(f"{address}/superset/dashboard/qingliu/")
        quiet_for(browser, 4)
        dashboard = picture(browser, folder / "dashboard.png")
        return {"dashboard": dashboard, "columns": columns(browser, address, folder), "asked": asked(browser)}
    finally:
        browser.quit()


def log_in(browser: webdriver.Chrome, page: str, user: str, password: str) -> None:
    browser.get(page)
    wait = WebDriverWait(browser, 90)
    wait.until(lambda b: b.find_elements(By.CSS_SELECTOR, "input[type=password]"))
    browser.find_element(By.CSS_SELECTOR, "input[type=text], input#username").send_keys(user)
    browser.find_element(By.CSS_SELECTOR, "input[type=password]").send_keys(password + "\n")
    wait.until(lambda b: "/login" not in b.current_url)


def columns(browser: webdriver.Chrome, address: str, folder: Path) -> list[str]:
    """The descriptions that the form of `v_articles` shows of its first columns."""
    browser.get(f"{address}/tablemodelview/list/?filters=(table_name:v_articles)")
    quiet_for(browser, 4)
    row = browser.find_element(By.XPATH, "//tr[.//*[normalize-space(text())='v_articles']]")
    click(browser, row.find_element(By.CSS_SELECTOR, "[data-icon=edit], [aria-label=edit]"))
    click(browser, browser.find_element(By.XPATH, "//*[@role='tab'][contains(., 'Columns')]"))
    for sign in browser.find_elements(By.CSS_SELECTOR, "[aria-label='Expand row']")[:3]:
        click(browser, sign)
    picture(browser, folder / "columns.png")
    shown = browser.find_elements(By.CSS_SELECTOR, "input[placeholder=Description]")
    return [box.get_attribute("value") or "" for box in shown]


def click(browser: webdriver.Chrome, element: WebElement) -> None:
    browser.execute_script("arguments[0].dispatchEvent(new MouseEvent('click', {bubbles: true}))", element)
    quiet_for(browser, 2)


def picture(browser: webdriver.Chrome, path: Path) -> str:
    browser.save_screenshot(str(path))
    return str(browser.find_element(By.TAG_NAME, "body").text)


def asked(browser: webdriver.Chrome) -> list[str]:
    """Every address that was asked, but for those that the page's own policy stopped."""
    told = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    sent = {
        e["params"]["requestId"]: e["params"]["request"] for e in told if e["method"] == "Network.requestWillBeSent"
    }
    for event in told:
        if event["method"] == "Network.loadingFailed" and event["params"].get("blockedReason") == "csp":
            sent.pop(event["params"]["requestId"], None)
    return sorted({request["url"] for request in sent.values()})


def quiet_for(browser: webdriver.Chrome, seconds: float, at_most: float = 120) -> None:
    """Wait until nothing has been loading for some seconds: charts start one after the other."""
    since = end = time.monotonic()
    while time.monotonic() - since < seconds and time.monotonic() - end < at_most:
        if not browser.execute_script(DRAWN):
            since = time.monotonic()
        time.sleep(0.3)


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:4], Path(sys.argv[4]))))
