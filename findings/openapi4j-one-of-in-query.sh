#!/usr/bin/env bash
# Package:   Maven org.openapi4j:openapi-operation-validator 1.0.7
# Input:     ?limit=5 and ?limit=all for a query parameter that is one of an integer and the text "all"
# Expected:  valid requests (OpenAPI 3.0.3, Schema Object: `oneOf` needs no `type` beside it)
# Seen:      a NullPointerException for both, 2026-11-30 on Java 17
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>example</groupId><artifactId>show</artifactId><version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.openapi4j</groupId><artifactId>openapi-operation-validator</artifactId><version>1.0.7</version>
    </dependency>
  </dependencies>
</project>
POM
mvn --quiet --batch-mode dependency:copy-dependencies -DoutputDirectory=jars >&2 || exit 2
cat > openapi.yaml <<'YAML'
openapi: 3.0.3
info: {title: Roles, version: 1.0.0}
paths:
  /roles:
    get:
      operationId: list
      parameters:
        - {name: page, in: query, schema: {type: integer}}
        - {name: limit, in: query, schema: {oneOf: [{type: integer}, {type: string, enum: [all]}]}}
      responses: {'200': {description: The roles.}}
YAML
cat > Show.java <<'PROGRAM'
import java.io.File;
import org.openapi4j.core.validation.ValidationException;
import org.openapi4j.operation.validator.model.Request;
import org.openapi4j.operation.validator.model.impl.DefaultRequest;
import org.openapi4j.operation.validator.validation.RequestValidator;
import org.openapi4j.parser.OpenApi3Parser;

class Show {
  public static void main(String[] arguments) throws Exception {
    var validator = new RequestValidator(new OpenApi3Parser().parse(new File("openapi.yaml").toURI().toURL(), false));
    for (String query : new String[] {"page=5", "limit=5", "limit=all"}) {
      var request = new DefaultRequest.Builder("http://127.0.0.1/roles", Request.Method.GET).query(query).build();
      String result = "valid";
      try {
        validator.validate(request);
      } catch (ValidationException exception) {
        result = exception.results().items().get(0).message();
      } catch (RuntimeException exception) {
        result = exception.getClass().getSimpleName();
      }
      System.out.println(query + ": " + result);
    }
  }
}
PROGRAM
received=$(java -cp 'jars/*' Show.java 2>/dev/null)
echo "$received"
[ "$received" = 'page=5: valid
limit=5: NullPointerException
limit=all: NullPointerException' ]
