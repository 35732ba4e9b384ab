package io.tollgate.edge.merchant;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.UserId;
import io.tollgate.identity.NewUser;
import io.tollgate.identity.User;
import io.tollgate.identity.UserFilter;
import io.tollgate.identity.UserProfiles;
import io.tollgate.identity.UserProfiles.UserProfile;
import io.tollgate.identity.Users;
import io.tollgate.rewards.PointCard;
import io.tollgate.rewards.PointCards;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Users of the tenant: its root, others, and making them. */
final class UserCalls {
  private static final Sentence PASSWORD = new Sentence("8 至 128 个字符", "8 to 128 characters");
  private static final Sentence INVITE_CODE =
      new Sentence("本租户用户的邀请码", "the code of a user of this tenant");
  private static final Sentence STATUS = new Sentence("1 启用，2 停用", "1 (active) or 2 (disabled)");
  private static final int LONGEST = 254;
  private static final int LONGEST_CODE = 16;
  private static final int SHORTEST_PASSWORD = 8;
  private static final int LONGEST_PASSWORD = 128;

  private final Transactions transactions;
  private final Users users;
  private final UserProfiles profiles;
  private final PointCards cards;

  UserCalls(Contexts contexts) {
    this.transactions = contexts.transactions();
    this.users = contexts.identity().users();
    this.profiles = contexts.identity().userProfiles();
    this.cards = contexts.cards();
  }

  List<MerchantCall> all() {
    return List.of(
        MerchantCall.get("/merchant/root-user", this::root),
        MerchantCall.post("/merchant/user/create", this::create),
        MerchantCall.get("/merchant/users", this::list));
  }

  private String root(Caller caller, Parameters parameters) {
    User root = transactions.read(transaction -> users.root(transaction, caller.id()));
    return Data.of(
        new Root(root.id(), root.email(), root.inviteCode(), caller.time(root.createdAt())));
  }

  private String create(Caller caller, Parameters parameters) {
    String email = parameters.requireNewEmail("email");
    String password = parameters.requireSecret("password", PASSWORD);
    if (password.length() < SHORTEST_PASSWORD || password.length() > LONGEST_PASSWORD) {
      throw MerchantFault.invalid(
          Sentence.wrongHidden("password", Integer.toString(password.length()), PASSWORD));
    }
    Optional<String> code = parameters.text("invite_code", LONGEST_CODE, INVITE_CODE);
    Map<ErrorCode, Sentence> refused =
        Map.of(
            ErrorCode.CONFLICT,
            Sentence.wrong("email", email, new Sentence("尚未注册的邮箱", "one that nobody has yet")));
    return Caller.explaining(
        refused,
        () ->
            transactions.write(
                transaction -> {
                  User inviter = inviter(transaction, caller, code);
                  User made =
                      users.create(
                          transaction,
                          new NewUser(
                                  caller.id(),
                                  Optional.empty(),
                                  Optional.of(email),
                                  Optional.of(password),
                                  OptionalLong.empty())
                              .invitedBy(inviter.id()));
                  return Data.of(
                      new Created(
                          made.id(),
                          email,
                          made.inviteCode(),
                          inviter.id(),
                          caller.time(made.createdAt())));
                }));
  }

  private User inviter(Transaction transaction, Caller caller, Optional<String> code) {
    if (code.isEmpty()) {
      return users.root(transaction, caller.id());
    }
    return users
        .findByInviteCode(transaction, caller.id(), code.get())
        .filter(User::active)
        .orElseThrow(
            () ->
                new MerchantFault(
                    ErrorCode.NOT_FOUND, Sentence.wrong("invite_code", code.get(), INVITE_CODE)));
  }

  private String list(Caller caller, Parameters parameters) {
    ListRequest page = parameters.page();
    Optional<String> email =
        parameters.text("email", LONGEST, new Sentence("邮箱或其开头", "an address, or its beginning"));
    Optional<String> code = parameters.text("invite_code", LONGEST_CODE, INVITE_CODE);
    Optional<Boolean> active = parameters.choice("status", STATUS, 1, 2).map(status -> status == 1);
    return transactions.read(
        transaction -> {
          ListPage<UserProfile> found =
              profiles.list(transaction, filter(caller, email, code, active), page);
          Map<UserId, PointCard> points =
              cards.ofUsers(
                  transaction,
                  caller.id(),
                  found.rows().stream().map(profile -> profile.user().id()).toList());
          return Data.list(
              found.rows().stream()
                  .map(
                      profile ->
                          Row.of(
                              caller,
                              profile,
                              points.getOrDefault(profile.user().id(), PointCard.EMPTY)))
                  .toList(),
              found.total(),
              page);
        });
  }

  private static UserFilter filter(
      Caller caller, Optional<String> email, Optional<String> code, Optional<Boolean> active) {
    return new UserFilter(
        Optional.of(caller.id()),
        Optional.empty(),
        Optional.empty(),
        email,
        code,
        Optional.empty(),
        active);
  }

  private record Root(
      UserId userId, Optional<String> email, String inviteCode, String createTime) {}

  private record Created(
      UserId userId, String email, String inviteCode, UserId inviterId, String createTime) {}

  private record Row(
      UserId userId,
      Optional<String> email,
      String inviteCode,
      Optional<UserId> inviterId,
      boolean isRoot,
      Amount pointCardSelf,
      Amount pointCardGift,
      Amount pointCardTotal,
      int status,
      String createTime) {
    static Row of(Caller caller, UserProfile profile, PointCard card) {
      User user = profile.user();
      return new Row(
          user.id(),
          user.email(),
          user.inviteCode(),
          profile.inviter(),
          user.root(),
          card.self(),
          card.gift(),
          card.total(),
          user.active() ? 1 : 2,
          caller.time(user.createdAt()));
    }
  }
}
