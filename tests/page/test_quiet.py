"""What the page sends: nothing, even when its own script would try; and what no policy stops."""

import contextlib
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.page import engines
from tests.page.conftest import PAGE, needs
from tests.page.engines import Browser

pytestmark = pytest.mark.browser

TRY_EVERYTHING = """
const at = (way) => `http://127.0.0.1:${given[0]}/${way}`, tried = {};
const element = (name, more) => {
  const made = Object.assign(document.createElement(name), more);
  document.body.append(made);
  return made;
};
const attempt = async (way, step) => {
  try { tried[way] = String(await step()); } catch (e) { tried[way] = "refused"; }
};
await attempt("fetch", () => fetch(at("fetch"), { mode: "no-cors" }));
await attempt("beacon", () => navigator.sendBeacon(at("beacon"), "secret"));
await attempt("xhr", () => new Promise((done) => {
  const request = Object.assign(new XMLHttpRequest(), { onloadend: done });
  request.open("GET", at("xhr"));
  request.send();
}));
await attempt("socket", () => new WebSocket(at("socket").replace("http", "ws")));
await attempt("events", () => new EventSource(at("events")));
await attempt("worker", () => new Worker(at("worker")));
await attempt("import", () => import(at("import")));
await attempt("image", () => element("img", { src: at("image") }));
await attempt("style", () => element("link", { rel: "stylesheet", href: at("style") }));
await attempt("prefetch", () => element("link", { rel: "prefetch", href: at("prefetch") }));
await attempt("preload", () => element("link", { rel: "preload", as: "image", href: at("preload") }));
await attempt("icon", () => element("link", { rel: "icon", href: at("icon") }));
await attempt("frame", () => element("iframe", { src: at("frame") }));
await attempt("object", () => element("object", { data: at("object") }));
await attempt("audio", () => element("audio", { src: at("audio") }).load());
await attempt("inline-style", () => element("div").setAttribute("style", `background: url(${at("inline-style")})`));
await attempt("font", () => new FontFace("x", `url(${at("font")})`).load());
await attempt("script", () => element("script", { src: at("script") }));
const inline = `fetch("${at("inline")}"); globalThis.inlineRan = true`;
await attempt("inline", () => element("script", { textContent: inline }));
await attempt("form", () => element("form", { action: at("form"), method: "post" }).submit());
await new Promise((next) => setTimeout(next, 1500));
return [Object.keys(tried).length, globalThis.inlineRan === true];
"""


class Listener:
    """A server that counts who comes."""

    def __init__(self) -> None:
        self.hits: list[str] = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.socket.getsockname()[1]
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            with connection, contextlib.suppress(OSError):
                connection.settimeout(2)
                self.hits.append(connection.recv(200).decode("latin-1").split("\r\n")[0])
                connection.sendall(b"HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 0\r\n\r\n")


@pytest.fixture
def listener() -> Iterator[Listener]:
    """A listener of this test alone."""
    made = Listener()
    yield made
    made.socket.close()


def test_nothing_leaves_a_page_that_shows_a_record(
    browser: Browser, record: Path, typed: str, listener: Listener
) -> None:
    """Not even when code in the page tries every way at once, with the record open."""
    browser.open(PAGE)
    browser.unlock(typed, record)
    browser.wait("'checked' in document.documentElement.dataset")
    ways, inline_ran = browser.run(TRY_EVERYTHING, listener.port)
    assert ways == 20
    assert inline_ran is False
    assert listener.hits == []


def test_the_listener_hears_what_no_policy_stops(browser: Browser, listener: Listener) -> None:
    """It would have heard: a page that navigates away is not stopped by its policy, and the README says so."""
    browser.open(PAGE)
    browser.run(f"setTimeout(() => {{ location.href = 'http://127.0.0.1:{listener.port}/navigation'; }}, 50)")
    for _ in range(100):
        if listener.hits:
            break
        threading.Event().wait(0.1)
    assert listener.hits[0].startswith("GET /navigation")


def test_a_changed_page_does_not_run(tmp_path: Path, listener: Listener) -> None:
    """One byte of the script changed, and the policy of the page stops it."""
    needs("chromium")
    changed = tmp_path / "lire.html"
    shutil.copy(PAGE, changed)
    page = changed.read_text("utf-8")
    assert page.count("baladeurReader") == 1
    changed.write_text(page.replace("baladeurReader", "baladeurReadex"), "utf-8")
    with engines.browser("chromium") as started:
        started.transport.command("Navigate", {"url": changed.as_uri()})
        assert started.run("return document.documentElement.dataset.ready ?? 'never'") == "never"
