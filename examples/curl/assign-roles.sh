#!/bin/sh
set -eu

# Prints the value of a string property of the JSON on standard input.
property() {
  sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"
}

token=$(curl -sf "https://$AUTH0_DOMAIN/oauth/token" \
  -d grant_type=client_credentials -d "audience=$AUTH0_AUDIENCE" \
  -d "client_id=$AUTH0_CLIENT_ID" -d "client_secret=$AUTH0_CLIENT_SECRET" | property access_token)

# call METHOD PATH [BODY]
call() {
  curl -sf -X "$1" "https://$AUTH0_DOMAIN/api/v2$2" \
    -H "Authorization: Bearer $token" -H 'Content-Type: application/json' ${3:+-d "$3"}
}

# expect WANT GOT
expect() {
  [ "$1" = "$2" ] || { echo "expected $1, received $2" >&2; exit 1; }
}

# An API with role-based access control, and a role with one of its permissions.
api=https://tours.travel0.example/
call POST /resource-servers \
  "{\"identifier\": \"$api\", \"enforce_policies\": true, \"scopes\": [{\"value\": \"read:tours\"}]}" > /dev/null
guide=$(call POST /roles '{"name": "Guide", "description": "Leads tours"}' | property id)
call POST "/roles/$guide/permissions" \
  "{\"permissions\": [{\"resource_server_identifier\": \"$api\", \"permission_name\": \"read:tours\"}]}" > /dev/null
pilot=$(call POST /roles '{"name": "Pilot"}' | property id)

# Roles of a user. In a path, the | of an id is %7C.
id=auth0%7Cada
call POST /users '{"connection": "Username-Password-Authentication", "user_id": "ada",
  "email": "ada@travel0.example", "password": "correct-horse-7-battery"}' > /dev/null
call POST "/users/$id/roles" "{\"roles\": [\"$guide\", \"$pilot\"]}"
expect 2 "$(call GET "/users/$id/roles" | grep -o '"id"' | wc -l | tr -d ' ')"
call DELETE "/users/$id/roles" "{\"roles\": [\"$pilot\"]}"
expect Guide "$(call GET "/users/$id/roles" | property name)"

# A member of an organization, with a role there.
crew=$(call POST /organizations '{"name": "crew"}' | property id)
call POST "/organizations/$crew/members" '{"members": ["auth0|ada"]}'
call POST "/organizations/$crew/members/$id/roles" "{\"roles\": [\"$pilot\"]}"
expect Pilot "$(call GET "/organizations/$crew/members/$id/roles" | property name)"

# The errors of the service: a role that does not exist.
expect 404 "$(curl -s -o /dev/null -w '%{http_code}' "https://$AUTH0_DOMAIN/api/v2/users/$id/roles" \
  -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -d '{"roles": ["rol_0000000000000000"]}')"

echo 'Ada is a guide, and a pilot in crew.'
