"""Run by Superset's own Python: bring its database to its version, one administrator, and the assets of a lake.

python provision.py BUNDLE.json LOGIN.json
"""

import json
import sys
from pathlib import Path

from superset.app import create_app

app = create_app()


def provision(bundle: dict[str, str], login: dict[str, str]) -> None:
    """Do what is not done yet; what is there under the same ids is overwritten."""
    from flask import g
    from flask_migrate import upgrade
    from superset.commands.importers.v1.assets import ImportAssetsCommand
    from superset.extensions import appbuilder, security_manager

    upgrade()
    user = security_manager.find_user(username=login["user"])
    if user is None:
        appbuilder.add_permissions(update_perms=True)
        security_manager.sync_role_definitions()
        admin = security_manager.find_role("Admin")
        user = security_manager.add_user(
            login["user"], "Qingliu", "Admin", "admin@localhost", admin, password=login["password"]
        )
    g.user = user
    ImportAssetsCommand(bundle).run()


if __name__ == "__main__":
    with app.app_context():
        provision(*(json.loads(Path(path).read_text(encoding="utf-8")) for path in sys.argv[1:]))
