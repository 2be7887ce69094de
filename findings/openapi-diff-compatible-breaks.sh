#!/usr/bin/env bash
# Package:   Maven org.openapitools.openapidiff:openapi-diff-core 2.1.7
# Input:     two documents for each of four changes of POST /roles that refuse requests which were valid before
# Expected:  INCOMPATIBLE, as for the same change where a rule was there already: a lower maxItems, another scope
# Seen:      COMPATIBLE where a token is required from now on, where maxItems is added and where null is no longer
#            allowed; NO_CHANGES where the object is closed. 2026-11-28 on Java 17
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>example</groupId><artifactId>show</artifactId><version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.openapitools.openapidiff</groupId><artifactId>openapi-diff-core</artifactId><version>2.1.7</version>
    </dependency>
  </dependencies>
</project>
POM
mvn --quiet --batch-mode dependency:copy-dependencies -DoutputDirectory=jars >&2 || exit 2
cat > Show.java <<'PROGRAM'
import org.openapitools.openapidiff.core.OpenApiCompare;

class Show {
  static String document(String security, String rule, String object) {
    return """
        openapi: 3.0.3
        info: {title: Roles, version: 1.0.0}
        paths:
          /roles:
            post:
              security: %s
              requestBody:
                content:
                  application/json:
                    schema: {type: object, %s properties: {names: {type: array, items: {type: string}%s}}}
              responses: {'201': {description: The new roles.}}
        components:
          securitySchemes:
            oauth:
              type: oauth2
              flows: {clientCredentials: {tokenUrl: 'https://tenant.example.com', scopes: {create: '', admin: ''}}}
        """.formatted(security, object, rule);
  }

  static void compare(String name, String before, String after) {
    System.out.println(name + ": " + OpenApiCompare.fromContents(before, after).isChanged());
  }

  public static void main(String[] arguments) {
    String open = document("[]", "", "");
    compare("token required", open, document("[{oauth: [create]}]", "", ""));
    compare("scope added", document("[{oauth: [create]}]", "", ""), document("[{oauth: [create, admin]}]", "", ""));
    compare("maxItems added", open, document("[]", ", maxItems: 10", ""));
    compare("maxItems lowered", document("[]", ", maxItems: 50", ""), document("[]", ", maxItems: 10", ""));
    compare("null refused", document("[]", ", nullable: true", ""), open);
    compare("object closed", open, document("[]", "", "additionalProperties: false,"));
  }
}
PROGRAM
received=$(java -cp 'jars/*' Show.java 2>/dev/null)
echo "$received"
[ "$received" = 'token required: COMPATIBLE
scope added: INCOMPATIBLE
maxItems added: COMPATIBLE
maxItems lowered: INCOMPATIBLE
null refused: COMPATIBLE
object closed: NO_CHANGES' ]
