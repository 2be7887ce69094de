#!/usr/bin/env bash
# Package:   Maven org.springframework.ldap:spring-ldap-ldif-core 4.1.2
# Input:     an LDIF entry with a name, and the same name in German: cn and cn;lang-de
# Expected:  two attributes (RFC 4512, 2.5: an attribute description with an option is another one than without)
# Seen:      one attribute cn with two values, and the option is gone; an entry that has only cn;lang-de keeps it,
#            2026-11-30 on Java 17
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>example</groupId><artifactId>show</artifactId><version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.springframework.ldap</groupId><artifactId>spring-ldap-ldif-core</artifactId><version>4.1.2</version>
    </dependency>
  </dependencies>
</project>
POM
mvn --quiet --batch-mode dependency:copy-dependencies -DoutputDirectory=jars >&2 || exit 2
cat > Show.java <<'PROGRAM'
import org.springframework.core.io.ByteArrayResource;
import org.springframework.ldap.core.LdapAttribute;
import org.springframework.ldap.core.LdapAttributes;
import org.springframework.ldap.ldif.parser.LdifParser;

class Show {
  static void read(String names) throws Exception {
    var parser = new LdifParser(new ByteArrayResource(("dn: uid=jane,dc=example\n" + names).getBytes()));
    parser.open();
    var attributes = ((LdapAttributes) parser.getRecord()).getAll();
    System.out.print(names.strip().replace("\n", ", ") + " is read as");
    while (attributes.hasMore()) {
      var attribute = (LdapAttribute) attributes.next();
      System.out.print(" " + attribute + " with the options " + attribute.getOptions());
    }
    System.out.println();
  }

  public static void main(String[] arguments) throws Exception {
    read("cn;lang-de: Johanna\n");
    read("cn: Jane\ncn;lang-de: Johanna\n");
  }
}
PROGRAM
received=$(java -cp 'jars/*' Show.java 2>/dev/null)
echo "$received"
[ "$received" = 'cn;lang-de: Johanna is read as cn: Johanna with the options [lang-de]
cn: Jane, cn;lang-de: Johanna is read as cn: Jane, Johanna with the options []' ]
