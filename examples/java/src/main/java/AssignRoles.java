import com.auth0.client.mgmt.ManagementApi;
import com.auth0.client.mgmt.core.ManagementApiException;
import com.auth0.client.mgmt.core.SyncPagingIterable;
import com.auth0.client.mgmt.organizations.members.types.AssignOrganizationMemberRolesRequestContent;
import com.auth0.client.mgmt.organizations.types.CreateOrganizationMemberRequestContent;
import com.auth0.client.mgmt.roles.types.AddRolePermissionsRequestContent;
import com.auth0.client.mgmt.types.CreateOrganizationRequestContent;
import com.auth0.client.mgmt.types.CreateResourceServerRequestContent;
import com.auth0.client.mgmt.types.CreateRoleRequestContent;
import com.auth0.client.mgmt.types.CreateUserRequestContent;
import com.auth0.client.mgmt.types.PermissionRequestPayload;
import com.auth0.client.mgmt.types.ResourceServerScope;
import com.auth0.client.mgmt.types.Role;
import com.auth0.client.mgmt.users.types.AssignUserRolesRequestContent;
import com.auth0.client.mgmt.users.types.DeleteUserRolesRequestContent;
import java.util.List;
import java.util.TreeSet;

public final class AssignRoles {
  private static final String API = "https://tours.travel0.example/";

  private AssignRoles() {}

  public static void main(String[] args) {
    ManagementApi auth0 =
        ManagementApi.builder()
            .domain(System.getenv("AUTH0_DOMAIN"))
            .clientCredentials(System.getenv("AUTH0_CLIENT_ID"), System.getenv("AUTH0_CLIENT_SECRET"))
            .build();

    // An API with role-based access control, and a role with one of its permissions.
    ResourceServerScope scope = ResourceServerScope.builder().value("read:tours").build();
    auth0.resourceServers().create(
        CreateResourceServerRequestContent.builder()
            .identifier(API).enforcePolicies(true).scopes(List.of(scope)).build());
    String guide = createRole(auth0, "Guide");
    PermissionRequestPayload permission =
        PermissionRequestPayload.builder().resourceServerIdentifier(API).permissionName("read:tours").build();
    auth0.roles().permissions().add(
        guide, AddRolePermissionsRequestContent.builder().permissions(List.of(permission)).build());
    String pilot = createRole(auth0, "Pilot");

    // Roles of a user.
    CreateUserRequestContent user =
        CreateUserRequestContent.builder()
            .connection("Username-Password-Authentication")
            .email("ada@travel0.example")
            .password("correct-horse-7-battery")
            .build();
    String ada = auth0.users().create(user).getUserId().orElseThrow();
    auth0.users().roles().assign(ada, AssignUserRolesRequestContent.builder().roles(List.of(guide, pilot)).build());
    expect(List.of("Guide", "Pilot"), auth0.users().roles().list(ada));
    auth0.users().roles().delete(ada, DeleteUserRolesRequestContent.builder().roles(List.of(pilot)).build());
    expect(List.of("Guide"), auth0.users().roles().list(ada));

    // A member of an organization, with a role there.
    CreateOrganizationRequestContent organization = CreateOrganizationRequestContent.builder().name("crew").build();
    String crew = auth0.organizations().create(organization).getId().orElseThrow();
    auth0.organizations().members().create(
        crew, CreateOrganizationMemberRequestContent.builder().members(List.of(ada)).build());
    auth0.organizations().members().roles().assign(
        crew, ada, AssignOrganizationMemberRolesRequestContent.builder().roles(List.of(pilot)).build());
    expect(List.of("Pilot"), auth0.organizations().members().roles().list(crew, ada));

    // The errors of the service: a role that does not exist.
    try {
      auth0.users().roles().assign(
          ada, AssignUserRolesRequestContent.builder().roles(List.of("rol_0000000000000000")).build());
      throw new AssertionError("expected an error");
    } catch (ManagementApiException error) {
      if (error.statusCode() != 404) throw error;
    }

    System.out.println("Ada is a guide, and a pilot in crew.");
    System.exit(0); // the SDK's HTTP client keeps threads
  }

  private static String createRole(ManagementApi auth0, String name) {
    return auth0.roles().create(CreateRoleRequestContent.builder().name(name).build()).getId().orElseThrow();
  }

  private static void expect(List<String> want, SyncPagingIterable<Role> roles) {
    TreeSet<String> names = new TreeSet<>();
    for (Role role : roles) names.add(role.getName().orElse(""));
    if (!names.equals(new TreeSet<>(want))) throw new AssertionError("expected " + want + ", received " + names);
  }
}
