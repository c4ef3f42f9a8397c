"""A hook of mkdocs: in the navigation, a folder stands for its pages, and its folders, with the index first."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Expand each ``Title: folder/`` of the navigation."""
    docs = Path(config.docs_dir)
    config.nav = [_expanded(entry, docs) for entry in config.nav or []]
    return config


def _expanded(entry: object, docs: Path) -> object:
    if not isinstance(entry, dict):
        return entry
    [(title, target)] = entry.items()
    return {title: _pages(docs / target, docs)} if isinstance(target, str) and target.endswith("/") else entry


def _pages(folder: Path, docs: Path) -> list[object]:
    """The pages of a folder, then its folders, each under the name of the folder."""
    files = sorted(folder.glob("*.md"), key=lambda path: (path.name != "index.md", path.name))
    folders = sorted(path for path in folder.iterdir() if path.is_dir() and any(path.rglob("*.md")))
    pages: list[object] = [path.relative_to(docs).as_posix() for path in files]
    return pages + [{path.name.replace("-", " ").capitalize(): _pages(path, docs)} for path in folders]
