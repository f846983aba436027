"""Legacy Word files, WPS, RTF and OpenDocument texts: LibreOffice makes a .docx of them, which is read like any other."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from gov_ie.errors import ReadError
from gov_ie.reading.content import Content
from gov_ie.reading.word.docx import read_docx
from gov_ie.reading.word.package import MAX_TOTAL, OLE, is_encrypted, open_archive, unpack

#: The kinds of files that LibreOffice is asked to convert.
OFFICE_SUFFIXES = (".doc", ".wps", ".rtf", ".odt")
#: Seconds until a conversion is given up; a report takes three to five.
TIMEOUT = 60.0
_MEMORY = 4 * 2**30
_PROTECTED = "the file is protected by a password; save it without one"

# What keeps a document from doing anything: a conversion runs no macro of a document by itself, and this profile, made anew for each file, forbids them
# altogether (level 3 is «very high»; no document is in a trusted place). Links to pictures, sections and other files are neither updated on loading nor
# followed from a place that is not trusted, and whatever still tries the network gets a proxy where nobody listens.
_SETTINGS = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),  # since 7.6; older versions pass over it
    ("Writer/Content/Update", "Link", "2"),  # never
    ("Writer/Content/Update", "Field", "false"),
)
_NO_PROXY_LISTENS = ("127.0.0.1", "9")


def read_office(data: bytes, *, name: str, suffix: str) -> Content:
    """The text and the tables of a .doc, .wps, .rtf or .odt file.

    What the file is, is seen from its bytes; ``suffix`` only has to be one of :data:`OFFICE_SUFFIXES`. A Word file of today under an old name is read without LibreOffice.

    Args:
        data: the bytes of the file.
        name: what messages call it.
        suffix: the ending of its name, with the dot.

    Raises:
        ReadError: LibreOffice or python-docx (extra ``docx``) is missing, or the file is none of these kinds, protected by a password, damaged,
            far too big, without text, or takes longer than :data:`TIMEOUT`.
    """
    if suffix.lower() not in OFFICE_SUFFIXES:
        raise ReadError(f"{name}: {suffix or 'a file without an ending'} is none of the kinds that LibreOffice is asked for ({' '.join(OFFICE_SUFFIXES)})")
    kind = _kind(data, name)
    return read_docx(data if kind == ".docx" else _converted(data, kind, name), name=name)


def _kind(data: bytes, name: str) -> str:
    """The ending under which LibreOffice gets the file: it goes by the ending as well, and so would read a .wps of today as one of Microsoft Works."""
    if not data:
        raise ReadError(f"{name}: the file is empty")
    if is_encrypted(data) or _is_encrypted_doc(data):
        raise ReadError(f"{name}: {_PROTECTED}")
    if data.startswith(OLE):
        if "WordDocument".encode("utf-16-le") not in data:
            raise ReadError(f"{name}: this is an old Office file, but no text document; if it is a workbook, rename it to .xls")
        return ".doc"
    if data.startswith(b"{\\rtf"):
        return ".rtf"
    if data.startswith(b"PK"):
        with open_archive(data, name=name) as archive:
            if not {"mimetype", "content.xml"} <= set(archive.namelist()):
                return ".docx"
            if "META-INF/manifest.xml" in archive.namelist() and b"encryption-data" in unpack(archive, archive.getinfo("META-INF/manifest.xml"), name):
                raise ReadError(f"{name}: {_PROTECTED}")
            return ".odt"
    if b"<html" in data[:4096].lower():
        raise ReadError(f"{name}: this is a web page under another name; rename it to .html")
    raise ReadError(f"{name}: this is no text document of Word, WPS or OpenDocument, or its beginning is lost; save it again as .docx")


def _is_encrypted_doc(data: bytes) -> bool:
    """Whether an old Word file says in its header, which begins a sector, that it is encrypted; LibreOffice would say no more than that it failed."""
    at = data.find(b"\xec\xa5", 512) if data.startswith(OLE) else -1
    while at >= 0:
        if at % 512 == 0:
            return len(data) > at + 11 and bool(data[at + 11] & 0x01)
        at = data.find(b"\xec\xa5", at + 1)
    return False


def _converted(data: bytes, kind: str, name: str) -> bytes:
    """The file as a .docx, made by LibreOffice in a folder of its own that is gone afterwards."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise ReadError(f"{name}: {kind} files are read with LibreOffice, which is not installed (no soffice on the PATH); install it, or save the file as .docx")
    with tempfile.TemporaryDirectory(prefix="gov_ie-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        source, output, profile = folder / f"report{kind}", folder / "out", folder / "profile"
        source.write_bytes(data)
        output.mkdir()
        _write_profile(profile)
        command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard", "--nologo"]
        said = _run([*command, "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(output), str(source)], folder, name)
        result = output / "report.docx"
        if not result.is_file():
            raise ReadError(f"{name}: LibreOffice cannot read it: it may be damaged or protected by a password; open it there and save it as .docx" + (f" ({said})" if said else ""))
        if result.stat().st_size > MAX_TOTAL:
            raise ReadError(f"{name}: LibreOffice makes a file of more than {MAX_TOTAL // 2**20} MB of it, which no report is; it is not read")
        return result.read_bytes()


def _write_profile(folder: Path) -> None:
    """A user profile with the settings above, so that nothing of the user's own profile is used or changed."""
    items = [("/org.openoffice.Office." + path, key, setting) for path, key, setting in _SETTINGS]
    items.append(("/org.openoffice.Inet/Settings", "ooInetProxyType", "2"))
    for protocol in ("HTTP", "HTTPS", "FTP"):
        items += [("/org.openoffice.Inet/Settings", f"ooInet{protocol}Proxy{part}", setting) for part, setting in zip(("Name", "Port"), _NO_PROXY_LISTENS, strict=True)]
    lines = [f'<item oor:path="{path}"><prop oor:name="{key}" oor:op="fuse"><value>{setting}</value></prop></item>' for path, key, setting in items]
    (folder / "user").mkdir(parents=True)
    (folder / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n' + "\n".join(lines) + "\n</oor:items>\n",
        encoding="utf-8",
    )


def _run(command: list[str], folder: Path, name: str) -> str:
    """Run LibreOffice; what it said last. It is ended with everything it has started when the time is up."""
    proxy = "http://" + ":".join(_NO_PROXY_LISTENS)
    environment = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH") if key in os.environ}
    environment |= {"HOME": str(folder), "TMPDIR": str(folder), "TEMP": str(folder), "TMP": str(folder), "LANG": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp"}
    environment |= {"http_proxy": proxy, "https_proxy": proxy, "no_proxy": ""}
    log = folder / "log"
    with log.open("wb") as sink:
        try:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink, cwd=folder, env=environment, start_new_session=True)
        except OSError as error:
            raise ReadError(f"{name}: LibreOffice does not start ({error.strerror}); install it anew, or save the file as .docx") from error
        try:
            _bound(process.pid)
            code = process.wait(timeout=TIMEOUT)
        except subprocess.TimeoutExpired as error:
            raise ReadError(f"{name}: LibreOffice did not finish within {TIMEOUT:.0f} seconds; open the file there and save it as .docx") from error
        finally:
            _end(process)
    with log.open("rb") as written:
        lines = written.read(4000).decode("utf-8", "replace").strip().splitlines()
    said = lines[-1].replace(str(folder), "")[:200] if lines else ""
    if code:
        raise ReadError(f"{name}: LibreOffice failed on it ({said or f'exit code {code}'}); open the file there and save it as .docx")
    return said


def _bound(pid: int) -> None:
    """Bounds on memory and on the size of files, where the system can set them from outside: a small file can ask for a lot of both."""
    if sys.platform == "linux":
        import resource

        with contextlib.suppress(OSError, ValueError):
            resource.prlimit(pid, resource.RLIMIT_AS, (_MEMORY, _MEMORY))
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (MAX_TOTAL, MAX_TOTAL))


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and those it started: soffice is a script that starts the program proper."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if sys.platform != "win32":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()
