#!/usr/bin/env bash
# Package:   Maven org.wiremock:wiremock-standalone 3.13.2
# Input:     GET /users/auth0%7C5f7 and /users?id=auth0%7C5f7, where the stub wants the id auth0|5f7
# Expected:  200 for both (RFC 6570, 3.2.2: {id} is expanded with the percent-encoded form of the value)
# Seen:      404 for the path, where the template of the stub fits the text auth0%7C5f7 only; the query is decoded,
#            2026-11-30 on Java 17
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>example</groupId><artifactId>show</artifactId><version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.wiremock</groupId><artifactId>wiremock-standalone</artifactId><version>3.13.2</version>
    </dependency>
  </dependencies>
</project>
POM
mvn --quiet --batch-mode dependency:copy-dependencies -DoutputDirectory=jars >&2 || exit 2
cat > Show.java <<'PROGRAM'
import static com.github.tomakehurst.wiremock.client.WireMock.*;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

class Show {
  public static void main(String[] arguments) throws Exception {
    var server = new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
    server.start();
    server.stubFor(get(urlPathTemplate("/users/{id}")).withPathParam("id", equalTo("auth0|5f7")).willReturn(ok()));
    server.stubFor(get(urlPathEqualTo("/users")).withQueryParam("id", equalTo("auth0|5f7")).willReturn(ok()));
    for (String path : new String[] {"/users?id=auth0%7C5f7", "/users/auth0%7C5f7"}) {
      var uri = URI.create("http://127.0.0.1:" + server.port() + path);
      var request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
      var response = HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
      System.out.println(path + ": " + response.statusCode());
    }
    System.exit(0);
  }
}
PROGRAM
received=$(java -cp 'jars/*' Show.java 2>/dev/null)
echo "$received"
[ "$received" = '/users?id=auth0%7C5f7: 200
/users/auth0%7C5f7: 404' ]
