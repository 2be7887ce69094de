#!/usr/bin/env bash
# Package:   PyPI django-ninja 1.7.1 with Django 5.2.19
# Input:     a body that is a JSON text, for a schema of an object that requires the text "title"
# Expected:  422, as for a number
# Seen:      200 with a title: a method of Python's texts has that name, and it is called, 2026-11-29 on Python 3.11
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
{ python3 -m venv . && bin/pip install --quiet django-ninja==1.7.1 django==5.2.19; } >&2 || exit 2
cat > show.py <<'PROGRAM'
import django
from django.conf import settings

settings.configure(SECRET_KEY="x", ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"])
django.setup()
from django.test import Client
from django.urls import path
from ninja import NinjaAPI, Schema


class Book(Schema):
    title: str


api = NinjaAPI()


@api.post("/books")
def add(request, book: Book):
    return book.dict()


urlpatterns = [path("", api.urls)]
client = Client()
for body in ['{"title": "a hen"}', '"a hen"', "7"]:
    answer = client.post("/books", data=body, content_type="application/json")
    print(body, answer.status_code, answer.json() if answer.status_code == 200 else "")
PROGRAM
received=$(bin/python show.py 2> /dev/null | sed 's/ *$//')
echo "$received"
[ "$received" = "{\"title\": \"a hen\"} 200 {'title': 'a hen'}
\"a hen\" 200 {'title': 'A Hen'}
7 422" ]
