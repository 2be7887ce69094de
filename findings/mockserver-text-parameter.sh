#!/usr/bin/env bash
# Package:   Maven org.mock-server:mockserver-netty-no-dependencies 5.15.0
# Input:     GET /roles/cook, where the path parameter is a text, from a document of OpenAPI 3.0.3 and of 3.1.0
# Expected:  200 with both, as the document of 3.1.0 is taken without an error, and its `type: string` is the same
# Seen:      404 with 3.1.0, where only texts that are numbers, such as /roles/1234, get 200, 2026-11-30 on Java 17
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>example</groupId><artifactId>show</artifactId><version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.mock-server</groupId><artifactId>mockserver-netty-no-dependencies</artifactId><version>5.15.0</version>
    </dependency>
  </dependencies>
</project>
POM
mvn --quiet --batch-mode dependency:copy-dependencies -DoutputDirectory=jars >&2 || exit 2
cat > Show.java <<'PROGRAM'
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.mockserver.integration.ClientAndServer;
import org.mockserver.mock.OpenAPIExpectation;

class Show {
  static final String DOCUMENT = """
      openapi: %s
      info: {title: Roles, version: 1.0.0}
      paths:
        /roles/{id}:
          get:
            parameters: [{name: id, in: path, required: true, schema: {type: string}}]
            responses: {'200': {description: The role.}}
      """;

  public static void main(String[] arguments) throws Exception {
    for (String version : new String[] {"3.0.3", "3.1.0"}) {
      try (var server = ClientAndServer.startClientAndServer(0)) {
        server.upsert(OpenAPIExpectation.openAPIExpectation(DOCUMENT.formatted(version)));
        for (String id : new String[] {"cook", "1234"}) {
          var uri = URI.create("http://127.0.0.1:" + server.getPort() + "/roles/" + id);
          var request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
          var response = HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
          System.out.println(version + " /roles/" + id + ": " + response.statusCode());
        }
      }
    }
    System.exit(0);
  }
}
PROGRAM
received=$(java -Dmockserver.logLevel=OFF -Dmockserver.localBoundIP=127.0.0.1 -cp 'jars/*' Show.java 2>/dev/null)
echo "$received"
[ "$received" = '3.0.3 /roles/cook: 200
3.0.3 /roles/1234: 200
3.1.0 /roles/cook: 404
3.1.0 /roles/1234: 200' ]
