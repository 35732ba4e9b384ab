package io.tollgate.tests.contract;

import java.util.List;
import java.util.Map;

/** What a user sees of a team, points and rewards, gives to others, and has paid out. */
final class PortalMemberCalls {
  private static final String ME = "/api/v1/me";
  private static final Operation MEMBER = get("/member");
  private static final Operation TEAM = get("/team");
  private static final Operation POINTS = get("/points");
  private static final Operation TRANSFER = new Operation("POST", ME + "/points/transfer");
  private static final Operation REWARDS = get("/rewards");
  private static final Operation WITHDRAWALS = get("/withdrawals");
  private static final Operation WITHDRAW = new Operation("POST", ME + "/withdrawals");
  private static final Operation TERMS = get("/withdrawals/terms");
  private static final Operation ADDRESS = new Operation("POST", ME + "/payout-addresses");
  private static final Map<String, Object> WANTED =
      Map.of("amount", 50, "network", "TRC20", "address", "TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE");

  private PortalMemberCalls() {}

  static List<Call> all(PortalRequests user) {
    return List.of(
        of(user, MEMBER, "in a session", 200, ""),
        alone(MEMBER),
        of(user, TEAM, "in a session", 200, "?page_size=5"),
        of(user, TEAM, "page 0", 400, "?page=0"),
        of(user, POINTS, "in a session", 200, "?change_type=in&count=true"),
        of(user, POINTS, "of no kind", 400, "?change_type=7"),
        new Call(
            TRANSFER,
            "to a follower",
            200,
            by -> user.asLeader(TRANSFER, points("follower@demo.example", 1), "member-1")),
        new Call(
            TRANSFER,
            "the same again",
            200,
            by -> user.asLeader(TRANSFER, points("follower@demo.example", 1), "member-1")),
        new Call(
            TRANSFER,
            "to nobody",
            404,
            by -> user.asLeader(TRANSFER, points("nobody@demo.example", 1), "member-2")),
        new Call(
            TRANSFER,
            "nothing",
            400,
            by -> user.asLeader(TRANSFER, points("follower@demo.example", 0), "member-3")),
        of(user, REWARDS, "in a session", 200, "?reward_type=direct"),
        of(user, REWARDS, "of no type", 400, "?reward_type=luck"),
        of(user, WITHDRAWALS, "in a session", 200, "?state=waiting"),
        of(user, WITHDRAWALS, "of no state", 400, "?state=lost"),
        new Call(WITHDRAW, "some", 200, by -> user.asLeader(WITHDRAW, WANTED, "member-4")),
        new Call(
            WITHDRAW, "the same again", 200, by -> user.asLeader(WITHDRAW, WANTED, "member-4")),
        new Call(WITHDRAW, "more", 200, by -> user.asLeader(WITHDRAW, WANTED, "member-5")),
        new Call(
            WITHDRAW,
            "no amount",
            400,
            by -> user.asLeader(WITHDRAW, Map.of("network", "TRC20"), "member-6")),
        of(user, TERMS, "in a session", 200, ""),
        alone(TERMS),
        new Call(
            ADDRESS,
            "one",
            200,
            by ->
                by.post(
                    ADDRESS.path(),
                    Map.of("network", "TRC20", "address", "TContract"),
                    user.session())),
        new Call(
            ADDRESS,
            "of no network",
            400,
            by -> by.post(ADDRESS.path(), Map.of("address", "T"), user.session())));
  }

  private static Map<String, Object> points(String to, int amount) {
    return Map.of("to_email", to, "card_type", "self", "amount", amount);
  }

  private static Operation get(String path) {
    return new Operation("GET", ME + path);
  }

  private static Call of(
      PortalRequests user, Operation operation, String name, int status, String query) {
    return new Call(
        operation, name, status, by -> by.get(operation.path() + query, user.session()));
  }

  private static Call alone(Operation operation) {
    return new Call(operation, "no token", 401, by -> by.get(operation.path()));
  }
}
