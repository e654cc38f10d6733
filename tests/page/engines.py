"""Real browsers under test: Chromium and WebKitGTK by WebDriver (W3C) over HTTP, Firefox by its Marionette over TCP.

The commands and their values are the same in both; only the way to the browser differs, so that no driver library and
no browser build of another house is needed.
"""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ENGINES = ("chromium", "firefox", "webkit")
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
PATIENCE = 900_000  # milliseconds that a script may take
PRIVATE = {"HTTP_PROXY": "", "http_proxy": "", "no_proxy": "127.0.0.1"}

#: Marionette's command, and the same one over HTTP: method and path.
COMMANDS = {
    "Navigate": ("POST", "url"),
    "ExecuteAsyncScript": ("POST", "execute/async"),
    "FindElement": ("POST", "element"),
    "ElementSendKeys": ("POST", "element/{id}/value"),
    "PerformActions": ("POST", "actions"),
    "ReleaseActions": ("DELETE", "actions"),
    "SetTimeouts": ("POST", "timeouts"),
    "SetWindowRect": ("POST", "window/rect"),
    "TakeScreenshot": ("GET", "screenshot"),
    "Print": ("POST", "print"),
}


class DriverError(Exception):
    """The browser refused a command."""


def program(*names: str) -> str | None:
    """The first of these that is here; WebKitGTK's own browser is not on PATH."""
    webkit = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
    return next((found for name in names if (found := shutil.which(name))), None) or (
        str(webkit[-1]) if webkit and "MiniBrowser" in names else None
    )


def missing(engine: str) -> str:
    """What an engine lacks here, or nothing."""
    needed = {
        "chromium": [("chromium",), ("chromedriver",)],
        "firefox": [("firefox-esr", "firefox")],
        "webkit": [("MiniBrowser",), ("WebKitWebDriver",), ("Xvfb",)],
    }[engine]
    return ", ".join(names[0] for names in needed if program(*names) is None)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Http:
    """WebDriver over HTTP."""

    def __init__(self, port: int, capabilities: dict[str, Any]) -> None:
        self.base = f"http://127.0.0.1:{port}"
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        for _ in range(200):
            with contextlib.suppress(OSError, DriverError):
                self._ask("GET", "/status")
                break
            time.sleep(0.05)
        value = self._ask("POST", "/session", {"capabilities": {"alwaysMatch": capabilities}})
        self.session = f"/session/{value['sessionId']}"
        self.version = str(value["capabilities"].get("browserVersion", "?"))

    def _ask(self, method: str, path: str, values: dict[str, Any] | None = None) -> Any:
        data = None if method in ("GET", "DELETE") else json.dumps(values or {}).encode()
        request = urllib.request.Request(  # noqa: S310 - a loopback address
            self.base + path, data, {"Content-Type": "application/json"}, method=method
        )
        try:
            with self.opener.open(request, timeout=PATIENCE / 1000) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise DriverError(error.read().decode()[:2000]) from None

    def command(self, name: str, values: dict[str, Any]) -> Any:
        """One command."""
        method, path = COMMANDS[name]
        return self._ask(method, f"{self.session}/{path.format(id=values.get('id', ''))}", values)

    def close(self) -> None:
        """End the session."""
        with contextlib.suppress(OSError, DriverError):
            self._ask("DELETE", self.session)


class Marionette:
    """The same commands to Firefox: `length:[type, id, command, values]` over TCP."""

    def __init__(self, port: int) -> None:
        for _ in range(400):
            with contextlib.suppress(OSError):
                self.connection = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE / 1000)
                break
            time.sleep(0.1)
        self.count = 0
        self._receive()  # its greeting
        value = self.command("NewSession", {"capabilities": {"alwaysMatch": {}}})
        self.version = str(value["capabilities"].get("browserVersion", "?"))

    def _receive(self) -> Any:
        size = b""
        while not size.endswith(b":"):
            size += self.connection.recv(1)
        data = b""
        while len(data) < int(size[:-1]):
            data += self.connection.recv(1 << 20)
        return json.loads(data)

    def command(self, name: str, values: dict[str, Any]) -> Any:
        """One command."""
        self.count += 1
        message = json.dumps([0, self.count, f"WebDriver:{name}", values])
        self.connection.sendall(f"{len(message.encode())}:{message}".encode())
        _, _, error, result = self._receive()
        if error:
            raise DriverError(json.dumps(error)[:2000])
        return result["value"] if isinstance(result, dict) and set(result) == {"value"} else result

    def close(self) -> None:
        """End the session."""
        self.connection.close()


class Browser:
    """One browser with one window."""

    def __init__(self, engine: str, transport: Http | Marionette) -> None:
        self.engine, self.transport, self.version = engine, transport, transport.version
        self.transport.command("SetTimeouts", {"script": PATIENCE})

    def open(self, page: Path, fragment: str = "") -> None:
        """Open a page from file:// and wait until it is ready."""
        self.transport.command("Navigate", {"url": "about:blank"})
        self.transport.command("Navigate", {"url": page.as_uri() + fragment})
        self.wait("document.documentElement.dataset.ready === 'yes'")

    def run(self, script: str, *values: Any) -> Any:
        """The result of the body of an async function in the page."""
        body = (
            "const done = arguments[arguments.length - 1], values = Array.prototype.slice.call(arguments, 0, -1);"
            f"(async (...given) => {{ {script} }})(...values)"
            ".then((x) => done(JSON.stringify({ x })), (e) => done(JSON.stringify({ e: `${e} ${e.stack}` })));"
        )
        answer = json.loads(self.transport.command("ExecuteAsyncScript", {"script": body, "args": list(values)}))
        if "e" in answer:
            raise DriverError(answer["e"])
        return answer.get("x")

    def wait(self, condition: str, seconds: float = 60) -> None:
        """Wait for a condition of the page."""
        self.run(
            f"const end = performance.now() + {seconds * 1000};"
            f"while (!({condition})) {{ if (performance.now() > end) throw new Error('waited in vain');"
            " await new Promise((next) => setTimeout(next, 20)); }"
        )

    def send(self, selector: str, text: str) -> None:
        """Type into an element, or give files to it."""
        found = self.transport.command("FindElement", {"using": "css selector", "value": selector})
        self.transport.command("ElementSendKeys", {"id": next(iter(found.values())), "text": text})

    def keys(self, *keys: str) -> None:
        """Press keys, whatever has the focus."""
        steps = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.transport.command("PerformActions", {"actions": [{"type": "key", "id": "k", "actions": steps}]})

    def pick(self, *files: Path) -> None:
        """Pick files in the page's field."""
        self.send("#file", "\n".join(str(file) for file in files))

    def unlock(self, typed: str, *files: Path) -> None:
        """What a user does: pick, type, open; then wait for the answer."""
        self.pick(*files)
        self.run("document.getElementById('secret').value = given[0]; document.getElementById('go').click()", typed)
        self.wait("!document.getElementById('go').disabled")

    def text(self, selector: str) -> list[str]:
        """The text of all elements of a selector."""
        found: list[str] = self.run(
            "return [...document.querySelectorAll(given[0])].map((e) => e.textContent)", selector
        )
        return found

    def screenshot(self) -> bytes:
        """The window as PNG, in base64."""
        return str(self.transport.command("TakeScreenshot", {})).encode()


@contextlib.contextmanager
def _process(command: list[str], **more: str) -> Iterator[None]:
    environment = {**os.environ, **PRIVATE, **more}
    quiet = subprocess.DEVNULL
    running = subprocess.Popen(
        command, stdin=quiet, stdout=quiet, stderr=quiet, env=environment, start_new_session=True
    )
    try:
        yield
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, 15)
        try:
            running.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, 9)


def _transport(engine: str, profile: Path, stack: contextlib.ExitStack) -> Http | Marionette:
    port = _free_port()
    home = {"HOME": str(profile), "TMPDIR": str(profile)}
    if engine == "chromium":
        stack.enter_context(_process([str(program("chromedriver")), f"--port={port}"], **home))
        flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--lang=fr"]
        return Http(port, {"goog:chromeOptions": {"binary": program("chromium"), "args": flags}})
    if engine == "firefox":
        (profile / "user.js").write_text(
            f'user_pref("marionette.port", {port});\nuser_pref("intl.accept_languages", "fr");\n'
            'user_pref("toolkit.telemetry.enabled", false);\nuser_pref("network.proxy.type", 0);\n',
            "utf-8",
        )
        firefox = str(program("firefox-esr", "firefox"))
        command = [firefox, "--marionette", "--headless", "--no-remote", "--profile", str(profile)]
        stack.enter_context(_process(command, **home))
        return Marionette(port)
    number = next(n for n in range(90, 190) if not Path(f"/tmp/.X{n}-lock").exists())  # noqa: S108 - X's own place
    screen = ["-screen", "0", "1280x1000x24", "-nolisten", "tcp"]
    stack.enter_context(_process([str(program("Xvfb")), f":{number}", *screen], **home))
    more = {**home, "DISPLAY": f":{number}", "WEBKIT_DISABLE_COMPOSITING_MODE": "1", "LIBGL_ALWAYS_SOFTWARE": "1"}
    # WebKit's sandbox needs user namespaces, which a container or root may not have.
    more["WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS"] = "1"
    time.sleep(0.5)
    stack.enter_context(_process([str(program("WebKitWebDriver")), f"--port={port}"], **more))
    return Http(port, {"webkitgtk:browserOptions": {"binary": program("MiniBrowser"), "args": ["--automation"]}})


@contextlib.contextmanager
def browser(engine: str) -> Iterator[Browser]:
    """A browser of its own profile, ended with all that it started. A profile's path is short: it holds sockets."""
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="b-", ignore_cleanup_errors=True))
        transport = _transport(engine, Path(folder), stack)
        stack.callback(transport.close)
        yield Browser(engine, transport)
