package io.tollgate.edge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.UserAlerts.Wanted;
import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.UserId;
import io.tollgate.identity.UserNotices;
import io.tollgate.ledger.AccountKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Users are told once of what has come to be, and again only after it was otherwise. */
class AlertRunTest {
  private static final Asset USD = Asset.money("USD");

  private static PortalSite site;

  /** The queue of mails, as far as it is seen from here. */
  private static final class Told implements UserNotices {
    private final List<String> mails = new ArrayList<>();
    private boolean reach = true;

    @Override
    public boolean reach() {
      return reach;
    }

    @Override
    public void tell(Transaction transaction, UserId user, About about, String detail) {
      mails.add(user.value() + " " + about + " " + detail);
    }

    List<String> taken() {
      List<String> taken = List.copyOf(mails);
      mails.clear();
      return taken;
    }
  }

  private final Told told = new Told();
  private UserId user;

  @BeforeAll
  static void start() {
    site = new PortalSite();
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  @BeforeEach
  void someone() {
    user = site.user(site.tenant, "alert-" + System.nanoTime() + "@a.example");
    money(3_000_000_000L, "opening");
  }

  @Test
  void a_low_balance_is_told_once_and_again_after_it_was_high() {
    want(Optional.of("2"), OptionalInt.empty());
    assertThat(looked()).isEmpty();
    money(-1_000_000_001L, "spent");
    assertThat(looked()).containsExactly(user.value() + " BALANCE_LOW 1.999999999 USD");
    money(-500_000_000L, "more");
    assertThat(looked()).isEmpty();
    money(2_000_000_000L, "paid");
    assertThat(looked()).isEmpty();
    money(-2_500_000_000L, "again");
    assertThat(looked()).containsExactly(user.value() + " BALANCE_LOW 0.999999999 USD");
  }

  @Test
  void exactly_the_bound_is_not_below_it() {
    want(Optional.of("3"), OptionalInt.empty());
    assertThat(looked()).isEmpty();
  }

  @Test
  void who_sets_it_anew_is_told_of_what_is_true_already() {
    want(Optional.of("5"), OptionalInt.empty());
    assertThat(looked()).hasSize(1);
    want(Optional.of("4"), OptionalInt.empty());
    assertThat(looked()).hasSize(1);
    want(Optional.empty(), OptionalInt.empty());
    assertThat(looked()).isEmpty();
  }

  @Test
  void a_share_of_no_quota_is_never_used_up() {
    want(Optional.empty(), OptionalInt.of(1));
    assertThat(looked()).isEmpty();
  }

  @Test
  void where_no_mail_goes_out_nothing_counts_as_told() {
    want(Optional.of("5"), OptionalInt.empty());
    told.reach = false;
    assertThat(looked()).isEmpty();
    told.reach = true;
    assertThat(looked()).hasSize(1);
  }

  private List<String> looked() {
    site.lookForAlerts(told);
    return told.taken().stream().filter(mail -> mail.startsWith(user.value() + " ")).toList();
  }

  private void want(Optional<String> below, OptionalInt percent) {
    site.want(user, new Wanted(below.map(amount -> Amount.parse(USD, amount)), percent));
  }

  private void money(long units, String why) {
    site.post("payment", user, AccountKind.BALANCE, units, why + user.value());
  }
}
