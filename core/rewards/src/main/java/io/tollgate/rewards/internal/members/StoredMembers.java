package io.tollgate.rewards.internal.members;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.InvitationTree;
import io.tollgate.identity.InvitationTree.TeamSize;
import io.tollgate.identity.UserFilter;
import io.tollgate.identity.UserProfiles;
import io.tollgate.identity.UserProfiles.UserProfile;
import io.tollgate.rewards.AccountNature;
import io.tollgate.rewards.Members;
import io.tollgate.rewards.Points;
import io.tollgate.rewards.RewardTerms;
import io.tollgate.rewards.internal.UsersOfTenants;
import io.tollgate.rewards.internal.members.MemberTable.Member;
import io.tollgate.rewards.internal.terms.StoredTerms;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jooq.Cursor;
import org.jooq.Record;

/**
 * Members in PostgreSQL. Those above somebody whose holding changes are locked in the order of
 * their numbers and updated by what it changed by; who computes everything anew keeps such changes
 * out meanwhile.
 */
public final class StoredMembers implements Members {
  private static final int AT_ONCE = 10_000;
  private static final int ACCOUNT_MAX = 64;
  private static final String CHANGING =
      "SELECT pg_advisory_xact_lock_shared(hashtext('rewards.member'), hashint8(?))";
  private static final String COMPUTING =
      "SELECT pg_advisory_xact_lock(hashtext('rewards.member'), hashint8(?))";

  private final UsersOfTenants users;
  private final UserProfiles profiles;
  private final InvitationTree tree;
  private final Predicate<AccountNature> counts;
  private final InstantSource clock;

  /**
   * @param counts which accounts' holdings do
   */
  public StoredMembers(
      UsersOfTenants users,
      UserProfiles profiles,
      InvitationTree tree,
      Predicate<AccountNature> counts,
      InstantSource clock) {
    this.users = requireNonNull(users, "users is null");
    this.profiles = requireNonNull(profiles, "profiles is null");
    this.tree = requireNonNull(tree, "tree is null");
    this.counts = requireNonNull(counts, "counts is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public Standing standing(Transaction transaction, TenantId tenant, UserId user) {
    return requireNonNull(standings(transaction, tenant, List.of(user)).get(user));
  }

  @Override
  public Map<UserId, Standing> standings(
      Transaction transaction, TenantId tenant, Collection<UserId> wanted) {
    users.require(transaction, tenant, wanted);
    return read(transaction, wanted);
  }

  private Map<UserId, Standing> read(Transaction transaction, Collection<UserId> wanted) {
    Map<UserId, Member> members = MemberTable.find(transaction, wanted);
    Map<UserId, TeamSize> sizes = tree.sizes(transaction, wanted);
    Map<UserId, Standing> standings = new LinkedHashMap<>();
    for (UserId user : wanted) {
      Member member = members.getOrDefault(user, Member.unknown(user.value()));
      TeamSize size = TeamSize.of(sizes, user);
      standings.put(
          user,
          new Standing(
              user,
              member.level(),
              member.marketNode(),
              points(member.selfHold()),
              size.direct(),
              size.total(),
              points(member.teamPerformance())));
    }
    return standings;
  }

  @Override
  public Standing tellTotal(Transaction transaction, TenantId tenant, UserId user, Amount holding) {
    requireHolding(holding);
    var _ = users.require(transaction, tenant, user);
    Map<String, Long> total =
        holding.isZero() ? Map.of() : Map.of(HoldingTable.TOTAL, holding.units());
    change(transaction, tenant, Map.of(user, total), true);
    return requireNonNull(read(transaction, List.of(user)).get(user));
  }

  @Override
  public void tellAccounts(
      Transaction transaction, TenantId tenant, List<AccountHolding> holdings) {
    if (holdings.size() > AT_ONCE) {
      throw GivenText.refused("holdings", holdings.size() + " accounts", "at most " + AT_ONCE);
    }
    Map<UserId, Map<String, Long>> told = new HashMap<>();
    for (AccountHolding holding : holdings) {
      requireHolding(holding.holding());
      if (holding.account().isBlank() || holding.account().length() > ACCOUNT_MAX) {
        throw GivenText.refused(
            "account_id", holding.account(), "1 to " + ACCOUNT_MAX + " characters");
      }
      if (counts.test(holding.nature())) {
        told.computeIfAbsent(holding.user(), _ -> new HashMap<>())
            .put(holding.account(), holding.holding().units());
      }
    }
    users.require(transaction, tenant, told.keySet());
    if (!told.isEmpty()) {
      change(transaction, tenant, told, false);
    }
  }

  /**
   * @param whole whether what is told takes the place of all that was told before
   */
  private void change(
      Transaction transaction,
      TenantId tenant,
      Map<UserId, Map<String, Long>> told,
      boolean whole) {
    Map<UserId, Map<String, Long>> before = HoldingTable.find(transaction, told.keySet());
    List<UserId> changing =
        told.keySet().stream()
            .filter(
                user -> {
                  Map<String, Long> old = before.getOrDefault(user, Map.of());
                  return !merged(old, requireNonNull(told.get(user)), whole).equals(old);
                })
            .toList();
    if (changing.isEmpty()) {
      return;
    }
    var _ = transaction.sql().fetch(CHANGING, tenant.value());
    Map<UserId, UserId> inviters = tree.inviters(transaction, changing);
    TreeSet<UserId> touched = new TreeSet<>(Comparator.comparingLong(UserId::value));
    touched.addAll(changing);
    touched.addAll(inviters.values());
    Map<UserId, Member> members = MemberTable.lock(transaction, tenant, touched);
    // as they stand now that nobody else can change them
    Map<UserId, Map<String, Long>> old = HoldingTable.find(transaction, changing);
    Map<UserId, Map<String, Long>> now = new HashMap<>();
    Map<UserId, Member> changed = new HashMap<>();
    for (UserId user : changing) {
      Map<String, Long> mine =
          merged(old.getOrDefault(user, Map.of()), requireNonNull(told.get(user)), whole);
      now.put(user, mine);
      long hold =
          mine.values().stream().mapToLong(Long::longValue).reduce(0, StoredMembers::together);
      Member member = changed.getOrDefault(user, requireNonNull(members.get(user)));
      long by = hold - member.selfHold();
      changed.put(user, member.with(hold, member.teamPerformance(), member.level()));
      if (by != 0) {
        for (UserId above = inviters.get(user); above != null; above = inviters.get(above)) {
          Member over = changed.getOrDefault(above, requireNonNull(members.get(above)));
          changed.put(
              above,
              over.with(over.selfHold(), together(over.teamPerformance(), by), over.level()));
        }
      }
    }
    HoldingTable.replace(transaction, tenant, old, now, clock.instant());
    RewardTerms terms = StoredTerms.read(transaction, tenant).terms();
    MemberTable.write(
        transaction,
        tenant,
        changed.values().stream()
            .map(member -> levelled(member, terms))
            .filter(member -> !member.equals(members.get(new UserId(member.user()))))
            .sorted(Comparator.comparingLong(Member::user))
            .toList());
  }

  /** What a user holds by account, once something is told; nothing stands there with 0. */
  private static Map<String, Long> merged(
      Map<String, Long> old, Map<String, Long> told, boolean whole) {
    Map<String, Long> merged = whole ? new HashMap<>() : new HashMap<>(old);
    merged.remove(HoldingTable.TOTAL);
    merged.putAll(told);
    merged.values().removeIf(units -> units == 0);
    return merged;
  }

  @Override
  public void setMarketNode(Transaction transaction, TenantId tenant, UserId user, boolean node) {
    var _ = users.require(transaction, tenant, user);
    var _ = MemberTable.lock(transaction, tenant, List.of(user));
    MemberTable.setMarketNode(transaction, user, node);
  }

  @Override
  public ListPage<TeamMember> team(
      Transaction transaction, TenantId tenant, UserId user, ListRequest page) {
    var _ = users.require(transaction, tenant, user);
    ListPage<UserProfile> invited =
        profiles.list(
            transaction,
            new UserFilter(
                Optional.of(tenant),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(user),
                Optional.empty()),
            page);
    Map<UserId, Standing> standings =
        read(transaction, invited.rows().stream().map(profile -> profile.user().id()).toList());
    return invited.with(
        invited.rows().stream()
            .map(
                profile ->
                    new TeamMember(
                        profile.user().id(),
                        profile.user().externalId(),
                        profile.user().email(),
                        requireNonNull(standings.get(profile.user().id())),
                        profile.user().createdAt()))
            .toList());
  }

  @Override
  public int recompute(Transaction transaction, TenantId tenant) {
    return recompute(transaction, tenant, StoredTerms.read(transaction, tenant).terms());
  }

  /** A tenant has another table of levels. */
  public void levelsChanged(Transaction transaction, TenantId tenant, RewardTerms terms) {
    int _ = recompute(transaction, tenant, terms);
  }

  private int recompute(Transaction transaction, TenantId tenant, RewardTerms terms) {
    var _ = transaction.sql().fetch(COMPUTING, tenant.value());
    TeamSums teams = new TeamSums();
    tree.each(transaction, tenant, teams::invited);
    HoldingTable.sums(transaction, tenant, teams::holds);
    TeamSums.Sums sums = teams.sums();
    List<Member> wrong = new ArrayList<>();
    try (Cursor<? extends Record> rows = MemberTable.all(transaction, tenant)) {
      for (Record row : rows) {
        Member there = MemberTable.member(row);
        sums.saw(there.user());
        Member right =
            levelled(
                there.with(sums.held(there.user()), sums.team(there.user()), there.level()), terms);
        if (!right.equals(there)) {
          wrong.add(right);
        }
      }
    }
    sums.unseen(
        (user, held, team) -> wrong.add(levelled(Member.unknown(user).with(held, team, 0), terms)));
    wrong.sort(Comparator.comparingLong(Member::user));
    MemberTable.write(transaction, tenant, wrong);
    return wrong.size();
  }

  private static Member levelled(Member member, RewardTerms terms) {
    return member.with(
        member.selfHold(),
        member.teamPerformance(),
        terms.level(points(member.selfHold()), points(member.teamPerformance())));
  }

  private static long together(long units, long more) {
    try {
      return Math.addExact(units, more);
    } catch (ArithmeticException e) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "holding: with it accounts or a team hold more than is counted to (expected: at most "
              + points(Long.MAX_VALUE).toPlainString()
              + " together)",
          e);
    }
  }

  private static void requireHolding(Amount holding) {
    if (holding.isNegative() || holding.compareTo(Points.MOST) > 0) {
      throw GivenText.refused(
          "holding", holding.toPlainString(), "0 to " + Points.MOST.toPlainString());
    }
  }

  private static Amount points(long units) {
    return new Amount(Points.ASSET, units);
  }
}
