#!/usr/bin/env bash
# Package:   PyPI drf-spectacular 0.30.0 with djangorestframework 3.18.3 and Django 5.2.19
# Input:     a serializer with a DecimalField of 10 digits, 2 of them after the point
# Expected:  a schema that allows the texts that the field takes
# Seen:      its pattern also allows "-" and ".", which the field refuses, 2026-11-29 on Python 3.11
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
{ python3 -m venv . &&
  bin/pip install --quiet drf-spectacular==0.30.0 djangorestframework==3.18.3 django==5.2.19; } >&2 || exit 2
cat > show.py <<'PROGRAM'
import re

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="x",
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "rest_framework", "drf_spectacular"],
    REST_FRAMEWORK={"DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema"},
)
django.setup()
from django.urls import path
from drf_spectacular.generators import SchemaGenerator
from rest_framework import generics, serializers


class Budget(serializers.Serializer):
    amount = serializers.DecimalField(max_digits=10, decimal_places=2)


class Budgets(generics.CreateAPIView):
    serializer_class = Budget


urlpatterns = [path("budgets/", Budgets.as_view())]
document = SchemaGenerator().get_schema(request=None, public=True)
schema = document["components"]["schemas"]["Budget"]["properties"]["amount"]
print(schema["pattern"])
for text in ["12.5", "-", "."]:
    fits = re.search(schema["pattern"], text) is not None
    print(repr(text), "fits" if fits else "does not fit", "taken" if Budget(data={"amount": text}).is_valid() else "refused")
PROGRAM
received=$(bin/python show.py)
echo "$received"
[ "$received" = "^-?\d{0,8}(?:\.\d{0,2})?\$
'12.5' fits taken
'-' fits refused
'.' fits refused" ]
