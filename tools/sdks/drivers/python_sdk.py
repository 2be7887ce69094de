"""Drives auth0-python, versions 4 and 6. Its only argument is the major version. See ../protocol.ts."""

import inspect
import json
import os
import re
import sys
from urllib.parse import unquote, urlsplit

SERVER_PATH = "/api/v2"
# Enough to see that a listing ends.
MOST_ITEMS = 2000

version = sys.argv[1]
domain, client_id, client_secret, audience = (
    os.environ[name] for name in ("AUTH0_DOMAIN", "AUTH0_CLIENT_ID", "AUTH0_CLIENT_SECRET", "AUTH0_AUDIENCE")
)

sent = []
probing = True


def note(request, body, status, outside):
    body = body.decode() if isinstance(body, bytes) else body
    sent.append(
        {
            "verb": request.method,
            "url": str(request.url),
            "status": status,
            **({"body": body} if body else {}),
            **({"outside": outside} if outside else {}),
        }
    )


class Probed(Exception):
    """Stops a method once its request is known."""


def note_requests_of(client_class, body_of):
    send = client_class.send

    def send_and_note(self, request, **options):
        if probing:
            note(request, body_of(request), 200, None)
            raise Probed()
        response = send(self, request, **options)
        outside = response.headers.get("x-rolecall-outside-contract")
        note(request, body_of(request), response.status_code, outside)
        return response

    client_class.send = send_and_note


def client_of_version_6():
    from auth0.management import ManagementClient

    # While probing, a token that is not asked for: the request of the method is the first one.
    token = {"token": "probe"} if probing else {"client_id": client_id, "client_secret": client_secret}
    return ManagementClient(domain=domain, **token)


def client_of_version_4():
    from auth0.authentication import GetToken
    from auth0.management import Auth0

    if probing:
        return Auth0(domain, "probe")
    token = GetToken(domain, client_id, client_secret).client_credentials(audience)["access_token"]
    return Auth0(domain, token)


def set_up():
    if version == "4":
        import requests

        note_requests_of(requests.Session, lambda request: request.body)
        return client_of_version_4
    import httpx

    note_requests_of(httpx.Client, lambda request: request.content)
    return client_of_version_6


new_client = set_up()


def methods_of(owner, prefix, depth):
    """Every public method of the client and of the objects that it holds."""
    for name in dir(owner):
        if name.startswith("_") or name in ("with_raw_response", "client", "set_session"):
            continue
        value = getattr(owner, name)
        if inspect.ismethod(value):
            if prefix:
                yield prefix + name, value
        elif type(value).__module__.startswith("auth0.") and depth < 5 and not isinstance(value, type):
            yield from methods_of(value, f"{prefix}{name}.", depth + 1)


def parameters_of(method):
    return {name: each for name, each in inspect.signature(method).parameters.items() if name != "request_options"}


def is_required(parameter):
    return parameter.default is inspect.Parameter.empty


def takes_text(parameter):
    return str(parameter.annotation) == "str | None"


def takes_list(parameter):
    return str(parameter.annotation).lower().startswith("list[")


def probe(method):
    """Calls a method with arguments that can be found again in the URL."""
    sent.clear()
    parameters = parameters_of(method)
    args = {name: f"probe:{name}" for name, each in parameters.items() if is_required(each) or takes_text(each)}
    try:
        method(**args)
    except Exception:
        pass  # only the request matters here
    for request in sent:
        # Version 4 does not encode ids, and some arguments of a query look like those of the path.
        path = unquote(urlsplit(request["url"]).path)
        if path.startswith(SERVER_PATH + "/"):
            path = path[len(SERVER_PATH):]
            holes = re.findall(r"probe:(\w+)", path)
            return request["verb"], re.sub(r"probe:\w+", "{}", path), holes
    return None


def arguments(method, holes, call):
    """Arguments by name: those of the path, of the query, and of the body, whole or by property."""
    body = call.get("body")
    properties = body if isinstance(body, dict) else {}
    given = {**properties, **call["query"], **dict(zip(holes, call["path"]))}
    args = {}
    for name, each in parameters_of(method).items():
        # Python reserves some names, and version 4 writes from_param for from.
        value = given.get(name, given.get(name.rstrip("_"), given.get(name.removesuffix("_param"))))
        if name in holes or (value is not None and not (name == "body" and body is not None)):
            # Version 4 takes fields as a list.
            args[name] = value.split(",") if takes_list(each) and isinstance(value, str) else value
        elif name in ("body", "request") and body is not None:
            args[name] = body
        elif is_required(each):
            # The body under another name, or what an operation outside the contract takes.
            args[name] = body if body is not None else f"placeholder {name}"
    if "request_options" in inspect.signature(method).parameters:
        args["request_options"] = {"max_retries": 0}  # it would repeat each request that is answered with 501
    return args


def json_of(value):
    """What a method returned, as JSON; of a listing, the items of all pages."""
    if hasattr(value, "iter_pages"):
        items = []
        for item in value:
            items.append(json_of(item))
            if len(items) > MOST_ITEMS:
                raise RuntimeError(f"the listing does not end after {MOST_ITEMS} items")
        return items
    if hasattr(value, "model_dump"):
        return json.loads(value.model_dump_json())
    if isinstance(value, list):
        return [json_of(each) for each in value]
    return value


def answer(methods, holes, call):
    sent.clear()
    try:
        method = methods[call["method"]]
        value = json_of(method(**arguments(method, holes[call["method"]], call)))
        return {"sent": sent, **({} if value is None else {"value": value})}
    except Exception as error:
        return {"sent": sent, "error": f"{type(error).__name__}: {error}"}


listed = []
holes_of = {}
for found, callable_method in methods_of(new_client(), "", 0):
    result = probe(callable_method)
    if result is None:
        listed.append({"name": found})
        continue
    verb, path, holes_of[found] = result
    listed.append({"name": found, "verb": verb, "path": path})
print(json.dumps(listed), flush=True)

probing = False
real = dict(methods_of(new_client(), "", 0))
for line in sys.stdin:
    print(json.dumps(answer(real, holes_of, json.loads(line)), default=str), flush=True)
