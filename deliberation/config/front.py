"""deploy/nginx.conf for this machine alone: free ports, a folder of its own, no TLS."""

import re
from pathlib import Path

_TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
# What is found is replaced; a pattern that finds nothing means that the file has changed.
_LOCAL = (
    (r"\n    server \{\n        listen 80;.*?\n    \}\n", ""),
    (r"\n        location /static/ \{.*?\n        \}\n", ""),
    (r"\n +listen \[::\][^\n]*", ""),
    (r"\n +ssl_[^\n]*", ""),
    (r"\n +[a-z_]+ Strict-Transport-Security[^\n]*", ""),
    (r"\n +listen [^\n]*", "\n        listen 127.0.0.1:{port};"),
    (r"server_name [^;]*;", "server_name _;"),
    (r"server 127\.0\.0\.1:8000;", "server 127.0.0.1:{web};"),
    (r"server 127\.0\.0\.1:8001;", "server 127.0.0.1:{live};"),
    (r"\nhttp \{\n", "\nhttp {{\n{temporary}"),
)


def local_nginx(original: str, folder: Path, *, port: int, web: int, live: int) -> str:
    """The configuration for `port`, before processes on `web` and `live`.

    Raises ValueError where the original no longer has what must be replaced.
    """
    paths = (f"    {name}_temp_path {folder}/{name};\n" for name in _TEMPORARY)
    values = {"port": port, "web": web, "live": live, "temporary": "".join(paths)}
    found = original
    for pattern, words in _LOCAL:
        new = words.format(**values)
        found, count = re.subn(pattern, lambda _, new=new: new, found, flags=re.DOTALL)  # type: ignore[misc]
        if not count:
            raise ValueError(f"deploy/nginx.conf has nothing like {pattern!r}")
    return found


def write_local_nginx(source: Path, folder: Path, *, port: int, web: int, live: int) -> list[str]:
    """Write it into `folder`. Returns nginx's arguments. Raises OSError, ValueError."""
    (folder / "logs").mkdir(parents=True, exist_ok=True)
    text = local_nginx(source.read_text("utf-8"), folder, port=port, web=web, live=live)
    path = folder / "nginx.conf"
    path.write_text(text, "utf-8")
    errors = str(folder / "logs" / "error.log")
    return ["-p", str(folder), "-c", str(path), "-e", errors, "-g", "daemon off;"]
