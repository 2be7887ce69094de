#!/usr/bin/env bash
# Package:   Maven com.auth0:auth0 3.2.0 (the provider's own SDK), with its default of two retries
# Input:     roles().get("rol_1"), three times with one client, while the server answers 503
# Expected:  three requests for each call
# Seen:      three for the first call, then one: the count of retries belongs to the client,
#            2026-11-28 on Java 17
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>example</groupId><artifactId>show</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>com.auth0</groupId><artifactId>auth0</artifactId><version>3.2.0</version></dependency>
  </dependencies>
</project>
POM
mvn --quiet --batch-mode dependency:copy-dependencies -DoutputDirectory=jars >&2 || exit 2
cat > Show.java <<'PROGRAM'
import com.auth0.client.mgmt.ManagementApi;
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

class Show {
  public static void main(String[] arguments) throws Exception {
    AtomicInteger requests = new AtomicInteger();
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext("/", exchange -> {
      requests.incrementAndGet();
      exchange.sendResponseHeaders(503, -1);
      exchange.close();
    });
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/api/v2";
    ManagementApi client = ManagementApi.builder().url(url).token("token").build();
    for (int call = 1; call <= 3; call++) {
      requests.set(0);
      try {
        client.roles().get("rol_1");
      } catch (RuntimeException error) {
        System.out.println("call " + call + ": " + requests + " requests");
      }
    }
    System.exit(0);
  }
}
PROGRAM
received=$(java -cp 'jars/*' Show.java)
echo "$received"
[ "$received" = 'call 1: 3 requests
call 2: 1 requests
call 3: 1 requests' ]
