#!/usr/bin/env bash
# Package:   Maven com.unboundid.product.scim2:scim2-sdk-common 4.0.0
# Input:     a filter and a PATCH with the full name of a core attribute:
#            urn:ietf:params:scim:schemas:core:2.0:User:userName
# Expected:  the same as with userName (RFC 7644, 3.10: that is its fully qualified name, whose URN may be left out)
# Seen:      the filter fits nobody, and the PATCH writes to a new member that is named as the URN,
#            2026-11-30 on Java 17
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>example</groupId><artifactId>show</artifactId><version>1</version>
  <dependencies>
    <dependency>
      <groupId>com.unboundid.product.scim2</groupId><artifactId>scim2-sdk-common</artifactId><version>4.0.0</version>
    </dependency>
  </dependencies>
</project>
POM
mvn --quiet --batch-mode dependency:copy-dependencies -DoutputDirectory=jars >&2 || exit 2
cat > Show.java <<'PROGRAM'
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.messages.PatchOperation;
import com.unboundid.scim2.common.utils.FilterEvaluator;
import com.unboundid.scim2.common.utils.JsonUtils;

class Show {
  static final String USER = "{\"userName\":\"jane\"}";

  public static void main(String[] arguments) throws Exception {
    for (String name : new String[] {"userName", "urn:ietf:params:scim:schemas:core:2.0:User:userName"}) {
      var user = (ObjectNode) JsonUtils.getObjectReader().readTree(USER);
      System.out.println(name + ": " + FilterEvaluator.evaluate(Filter.fromString(name + " eq \"jane\""), user));
      PatchOperation.replace(name, "mary").apply(user);
      System.out.println(user);
    }
  }
}
PROGRAM
received=$(java -cp 'jars/*' Show.java 2>/dev/null)
echo "$received"
[ "$received" = 'userName: true
{"userName":"mary"}
urn:ietf:params:scim:schemas:core:2.0:User:userName: false
{"userName":"jane","urn:ietf:params:scim:schemas:core:2.0:User":{"userName":"mary"}}' ]
