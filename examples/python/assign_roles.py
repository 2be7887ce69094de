import os

from auth0.management import ManagementClient
from auth0.management.core.api_error import ApiError

auth0 = ManagementClient(
    domain=os.environ["AUTH0_DOMAIN"],
    client_id=os.environ["AUTH0_CLIENT_ID"],
    client_secret=os.environ["AUTH0_CLIENT_SECRET"],
)


def names(pages):
    """The names of every item, whatever the number of pages."""
    return sorted(item.name for item in pages)


# An API with role-based access control, and a role with one of its permissions.
identifier = "https://tours.travel0.example/"
auth0.resource_servers.create(identifier=identifier, enforce_policies=True, scopes=[{"value": "read:tours"}])
guide = auth0.roles.create(name="Guide", description="Leads tours")
permission = {"resource_server_identifier": identifier, "permission_name": "read:tours"}
auth0.roles.permissions.add(guide.id, permissions=[permission])
pilot = auth0.roles.create(name="Pilot")

# Roles of a user.
ada = auth0.users.create(
    connection="Username-Password-Authentication",
    email="ada@travel0.example",
    password="correct-horse-7-battery",
).user_id
auth0.users.roles.assign(ada, roles=[guide.id, pilot.id])
assert names(auth0.users.roles.list(ada)) == ["Guide", "Pilot"]
auth0.users.roles.delete(ada, roles=[pilot.id])
assert names(auth0.users.roles.list(ada)) == ["Guide"]

# A member of an organization, with a role there.
crew = auth0.organizations.create(name="crew")
auth0.organizations.members.create(crew.id, members=[ada])
auth0.organizations.members.roles.assign(crew.id, ada, roles=[pilot.id])
assert names(auth0.organizations.members.roles.list(crew.id, ada)) == ["Pilot"]

# The errors of the service: a role that does not exist.
try:
    auth0.users.roles.assign(ada, roles=["rol_0000000000000000"])
    raise AssertionError("expected an error")
except ApiError as error:
    assert error.status_code == 404

print("Ada is a guide, and a pilot in crew.")
