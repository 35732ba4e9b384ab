package io.tollgate.tests.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Requests of a merchant in the browser. */
final class PortalMerchantCalls {
  private static final String ME = "/api/v1/me/merchant";
  private static final Operation GIVE = new Operation("POST", ME + "/user/recharge");
  private static final Map<String, Object> SOME =
      Map.of("email", "follower@demo.example", "amount", 1.5, "type", 1, "remark", "contract");

  private PortalMerchantCalls() {}

  static List<Call> all(PortalRequests user) {
    List<Call> calls = new ArrayList<>();
    for (String[] each :
        List.of(
            new String[] {"", "", ""},
            new String[] {"/calls", "?days=7", "?days=91"},
            new String[] {"/users", "?status=1&page_size=5&email=follower", "?status=3"},
            new String[] {"/point-card/logs", "?change_type=1&count=true", "?change_type=4"})) {
      Operation operation = new Operation("GET", ME + each[0]);
      String path = operation.path();
      calls.add(
          new Call(
              operation, "merchant", 200, by -> by.get(path + each[1], user.merchantSession())));
      calls.add(new Call(operation, "user", 403, by -> by.get(path, user.session())));
      calls.add(new Call(operation, "no token", 401, by -> by.get(path)));
      if (!each[2].isEmpty()) {
        calls.add(
            new Call(
                operation, each[2], 400, by -> by.get(path + each[2], user.merchantSession())));
      }
    }
    calls.add(new Call(GIVE, "some", 200, by -> user.asMerchant(GIVE, SOME, "merchant-1")));
    calls.add(
        new Call(GIVE, "the same again", 200, by -> user.asMerchant(GIVE, SOME, "merchant-1")));
    calls.add(
        new Call(
            GIVE,
            "to nobody",
            404,
            by ->
                user.asMerchant(
                    GIVE, Map.of("email", "nobody@demo.example", "amount", 1), "merchant-2")));
    calls.add(
        new Call(
            GIVE,
            "nothing",
            400,
            by ->
                user.asMerchant(
                    GIVE, Map.of("email", "nobody@demo.example", "amount", 0), "merchant-3")));
    calls.add(
        new Call(
            GIVE,
            "more than there is",
            402,
            by ->
                user.asMerchant(
                    GIVE,
                    Map.of("email", "follower@demo.example", "amount", 90_000_000),
                    "merchant-4")));
    calls.add(new Call(GIVE, "by a user", 403, by -> user.asLeader(GIVE, SOME, "merchant-5")));
    return calls;
  }
}
