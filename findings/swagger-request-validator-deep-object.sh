#!/usr/bin/env bash
# Package:   Maven com.atlassian.oai:swagger-request-validator-core 2.46.0
# Input:     ?filter[size]=5 for a query parameter in the style deepObject, whose property `size` is an integer
# Expected:  a valid request, as ?size=5 is for a parameter that is an integer
# Seen:      Instance type (string) does not match any allowed primitive type, 2026-11-28 on Java 17
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>example</groupId><artifactId>show</artifactId><version>1</version>
  <dependencies>
    <dependency>
      <groupId>com.atlassian.oai</groupId><artifactId>swagger-request-validator-core</artifactId><version>2.46.0</version>
    </dependency>
  </dependencies>
</project>
POM
mvn --quiet --batch-mode dependency:copy-dependencies -DoutputDirectory=jars >&2 || exit 2
cat > Show.java <<'PROGRAM'
import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.SimpleRequest;

class Show {
  static final String DOCUMENT = """
      openapi: 3.0.3
      info: {title: Roles, version: 1.0.0}
      paths:
        /roles:
          get:
            parameters:
              - {name: size, in: query, schema: {type: integer}}
              - name: filter
                in: query
                style: deepObject
                schema: {type: object, properties: {size: {type: integer}}}
            responses: {'200': {description: The roles.}}
      """;

  public static void main(String[] arguments) {
    var validator = OpenApiInteractionValidator.createForInlineApiSpecification(DOCUMENT).build();
    for (String name : new String[] {"size", "filter[size]"}) {
      var request = SimpleRequest.Builder.get("/roles").withQueryParam(name, "5").build();
      var report = validator.validateRequest(request);
      System.out.println(name + ": " + (report.hasErrors() ? report.getMessages().get(0).getMessage() : "valid"));
    }
  }
}
PROGRAM
received=$(java -cp 'jars/*' Show.java 2>/dev/null)
echo "$received"
[ "$received" = "size: valid
filter[size]: [Path '/size'] Instance type (string) does not match any allowed primitive type (allowed: [\"integer\"])" ]
