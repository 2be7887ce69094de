import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

/** What differs between the major versions of com.auth0:auth0. */
abstract class SdkVersion {
  static final String OUTSIDE = "x-rolecall-outside-contract";
  /** Enough to see that a listing ends. */
  static final int MOST_ITEMS = 2000;

  /** The requests since it was last cleared. */
  final List<Sent> sent = new ArrayList<>();

  static String variable(String name) {
    return System.getenv(name);
  }

  /** @param probing whether its requests only go into `sent` */
  abstract Object client(boolean probing) throws Exception;

  /** Whether a type has methods of the SDK. */
  abstract boolean isHolder(Class<?> type);

  abstract List<Method> methodsOf(Object holder);

  /** The object that stands for query and body. */
  abstract Object argument(Type type, JsonNode query, JsonNode body);

  /** @return what the method returned, as JSON; of a listing, the items of all pages */
  abstract JsonNode invoke(Object owner, Method method, Object[] arguments) throws Exception;
}
