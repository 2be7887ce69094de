#!/usr/bin/env bash
# Package:   PyPI flask-smorest 0.47.0 with Flask 3.1.2
# Input:     a listing with the pages of the library
# Expected:  the header X-Pagination is sent as the document says: an object in a header is "total,2,total_pages,1"
# Seen:      the document has a schema of an object, and what is sent is JSON, 2026-11-29 on Python 3.11
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
{ python3 -m venv . && bin/pip install --quiet flask-smorest==0.47.0 flask==3.1.2; } >&2 || exit 2
cat > show.py <<'PROGRAM'
from flask import Flask
from flask_smorest import Api, Blueprint
from marshmallow import Schema, fields

app = Flask("books")
app.config.update(API_TITLE="Books", API_VERSION="1", OPENAPI_VERSION="3.0.3")
api = Api(app)
blueprint = Blueprint("books", "books", url_prefix="/books")


class Book(Schema):
    name = fields.String()


@blueprint.route("/")
@blueprint.response(200, Book(many=True))
@blueprint.paginate()
def books(pagination_parameters):
    pagination_parameters.item_count = 2
    return [{"name": "a"}, {"name": "b"}]


api.register_blueprint(blueprint)
document = api.spec.to_dict()


def resolved(value):
    while "$ref" in value:
        _, *names = value["$ref"].split("/")
        value = document
        for name in names:
            value = value[name]
    return value


header = resolved(document["paths"]["/books/"]["get"]["responses"]["200"]["headers"]["X-Pagination"])
schema = resolved(header["schema"])
print("schema" in header, "content" in header, schema.get("type"))
print(app.test_client().get("/books/").headers["X-Pagination"])
PROGRAM
received=$(bin/python show.py)
echo "$received"
[ "$received" = 'True False object
{"total": 2, "total_pages": 1, "first_page": 1, "last_page": 1, "page": 1}' ]
