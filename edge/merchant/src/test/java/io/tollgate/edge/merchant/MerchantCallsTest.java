package io.tollgate.edge.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.Amount;
import io.tollgate.identity.Tenants.NewTenant;
import io.tollgate.identity.User;
import io.tollgate.rewards.AccountNature;
import io.tollgate.rewards.Points;
import io.tollgate.rewards.ProfitShare.ProfitClose;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every call's fields, types and defaults over the wire. */
class MerchantCallsTest {
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d";
  private static final String KEY = "ABCD5678901234567890WXYZ";

  private static MerchantSite site;

  @BeforeAll
  static void start() {
    site = new MerchantSite();
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  @Test
  void call_1_the_root_user() {
    JsonNode root = site.get("/merchant/root-user");
    assertFields(root, "user_id", "email", "invite_code", "create_time");
    // the tenant's zone is Asia/Shanghai
    assertThat(root.required("create_time").asString()).isEqualTo("2026-11-21 18:00:00");
    assertThat(root.required("user_id").isIntegralNumber()).isTrue();
  }

  @Test
  void call_2_a_user_is_made_under_the_root_or_whom_the_code_names() {
    JsonNode root = site.get("/merchant/root-user");
    JsonNode made = create("made@x.example");
    assertFields(made, "user_id", "email", "invite_code", "inviter_id", "create_time");
    assertThat(made.required("inviter_id")).isEqualTo(root.required("user_id"));
    JsonNode invited =
        site.post(
            "/merchant/user/create",
            "email",
            "Invited@X.example",
            "password",
            "four words are enough",
            "invite_code",
            made.required("invite_code").asString());
    assertThat(invited.required("inviter_id")).isEqualTo(made.required("user_id"));
    assertThat(invited.required("email").asString()).isEqualTo("invited@x.example");
    assertThat(refuse("create", "email", "made@x.example", "password", "four words are enough"))
        .isEqualTo(409);
    assertThat(refuse("create", "email", "no address", "password", "four words are enough"))
        .isEqualTo(400);
    assertThat(refuse("create", "email", "b@x.example", "password", "short")).isEqualTo(400);
    assertThat(
            refuse(
                "create",
                "email",
                "b@x.example",
                "password",
                "four words are enough",
                "invite_code",
                "NOBODYS0"))
        .isEqualTo(404);
    assertThat(refuse("create", "email", "b@x.example")).isEqualTo(400);
    // a code of another tenant's is nobody's
    NewTenant other = site.tenant("Other by code");
    User foreign = site.user(other, "foreign@x.example", Optional.empty());
    assertThat(
            refuse(
                "create",
                "email",
                "b@x.example",
                "password",
                "four words are enough",
                "invite_code",
                foreign.inviteCode()))
        .isEqualTo(404);
  }

  @Test
  void call_3_users_by_page_and_filter() {
    User first = site.user("list-1@x.example");
    var _ = site.user("list-2@x.example");
    give("list-1@x.example", "3.5", "1");
    JsonNode page = site.get("/merchant/users", "limit", "1", "email", "list-");
    assertFields(page, "list", "total", "page", "limit");
    assertThat(page.required("total").intValue()).isEqualTo(2);
    assertThat(page.required("list").size()).isEqualTo(1);
    assertThat(page.required("page").intValue()).isEqualTo(1);
    assertThat(page.required("limit").intValue()).isEqualTo(1);
    JsonNode row =
        site.get("/merchant/users", "invite_code", first.inviteCode()).required("list").get(0);
    assertFields(
        row,
        "user_id",
        "email",
        "invite_code",
        "inviter_id",
        "is_root",
        "point_card_self",
        "point_card_gift",
        "point_card_total",
        "status",
        "create_time");
    assertThat(row.required("point_card_self").decimalValue()).isEqualByComparingTo("3.5");
    assertThat(row.required("point_card_total").decimalValue()).isEqualByComparingTo("3.5");
    assertThat(row.required("status").intValue()).isEqualTo(1);
    assertThat(row.required("is_root").booleanValue()).isFalse();
    assertThat(site.get("/merchant/users", "status", "2").required("total").intValue()).isZero();
    assertThat(site.get("/merchant/users").required("limit").intValue()).isEqualTo(20);
  }

  @Test
  void call_4_everything_about_a_user_and_no_secret() {
    User inviter = site.user("info-inviter@x.example");
    var _ = site.user(site.tenant, "info@x.example", Optional.of(inviter.id()));
    long account = bind("info@x.example", KEY);
    JsonNode info = site.get("/merchant/user/info", "email", "INFO@x.example");
    assertFields(
        info,
        "user_id",
        "email",
        "invite_code",
        "inviter_invite_code",
        "status",
        "create_time",
        "invite_count",
        "point_card_self",
        "point_card_gift",
        "point_card_total",
        "level",
        "level_name",
        "is_market_node",
        "self_hold",
        "team_direct_count",
        "team_total_count",
        "team_performance",
        "reward_usdt",
        "total_reward",
        "withdrawn_reward",
        "bound_exchanges",
        "accounts",
        "active_strategies",
        "total_profit",
        "total_trades");
    assertThat(info.required("inviter_invite_code").asString()).isEqualTo(inviter.inviteCode());
    assertThat(info.required("level").intValue()).isZero();
    assertThat(info.required("level_name").asString()).isEqualTo("S0");
    assertThat(info.required("bound_exchanges").toString()).isEqualTo("[\"binance\"]");
    JsonNode shown = info.required("accounts").get(0);
    assertFields(
        shown,
        "account_id",
        "exchange",
        "account_type",
        "api_key",
        "api_secret",
        "passphrase",
        "balance",
        "futures_balance",
        "futures_available",
        "status");
    assertThat(shown.required("account_id").longValue()).isEqualTo(account);
    assertThat(shown.required("api_key").asString()).isEqualTo("ABCD****WXYZ");
    assertThat(shown.required("api_secret").isNull()).isTrue();
    assertThat(shown.required("passphrase").isNull()).isTrue();
    assertThat(info.toString()).doesNotContain("5678", "the-secret");
    JsonNode above = site.get("/merchant/user/info", "email", "info-inviter@x.example");
    assertThat(above.required("invite_count").intValue()).isEqualTo(1);
    assertThat(above.required("team_direct_count").intValue()).isEqualTo(1);
    assertThat(refused("GET", "info", "email", "nobody@x.example")).isEqualTo(404);
  }

  @Test
  void calls_5_and_6_an_account_is_bound_and_unbound() {
    var _ = site.user("keys@x.example");
    var _ = site.user("keys-too@x.example");
    JsonNode bound =
        site.post(
            "/merchant/user/apikey",
            "email",
            "keys@x.example",
            "exchange",
            "okx",
            "api_key",
            "OKX-KEY-0123456789",
            "api_secret",
            "the-secret-1",
            "passphrase",
            "pass phrase");
    assertFields(bound, "account_id", "exchange", "account_type");
    assertThat(bound.required("exchange").asString()).isEqualTo("okx");
    assertThat(bound.required("account_type").asString()).isEqualTo("futures");
    String[] order = {
      "email",
      "keys@x.example",
      "exchange",
      "okx",
      "api_key",
      "K0123456789",
      "api_secret",
      "secret-of-it"
    };
    assertThat(refuse("apikey", order)).isEqualTo(400);
    order[3] = "kraken";
    assertThat(refuse("apikey", order)).isEqualTo(400);
    // the same key again is the same account, for somebody else it is refused
    JsonNode again =
        site.post(
            "/merchant/user/apikey",
            "email",
            "keys@x.example",
            "exchange",
            "okx",
            "api_key",
            "OKX-KEY-0123456789",
            "api_secret",
            "the-secret-2",
            "passphrase",
            "another");
    assertThat(again.required("account_id")).isEqualTo(bound.required("account_id"));
    assertThat(
            refuse(
                "apikey",
                "email",
                "keys-too@x.example",
                "exchange",
                "okx",
                "api_key",
                "OKX-KEY-0123456789",
                "api_secret",
                "the-secret-2",
                "passphrase",
                "another"))
        .isEqualTo(409);
    String account = bound.required("account_id").asString();
    assertThat(refuse("apikey/unbind", "email", "keys-too@x.example", "account_id", account))
        .isEqualTo(404);
    assertThat(
            site.post(
                    "/merchant/user/apikey/unbind",
                    "email",
                    "keys@x.example",
                    "account_id",
                    account)
                .isNull())
        .isTrue();
    assertThat(refuse("apikey/unbind", "email", "keys@x.example", "account_id", account))
        .isEqualTo(404);
  }

  @Test
  void calls_7_and_8_points_are_given_from_the_merchants_own_of_the_same_type() {
    var _ = site.user("given@x.example");
    JsonNode before = site.get("/merchant/balance");
    assertFields(before, "point_card_self", "point_card_gift", "point_card_total");
    JsonNode given =
        site.post("/merchant/user/recharge", "email", "given@x.example", "amount", "10.00000001");
    assertFields(
        given,
        "amount",
        "agent_before_total",
        "agent_after_total",
        "member_before_total",
        "member_after_total",
        "agent_point_card_self",
        "agent_point_card_gift",
        "member_point_card_self",
        "member_point_card_gift",
        "point_card_self",
        "point_card_gift");
    assertThat(given.required("amount").toString()).isEqualTo("10.00000001");
    assertThat(given.required("agent_before_total")).isEqualTo(before.required("point_card_total"));
    // gift where no type is given
    assertThat(given.required("point_card_gift").decimalValue())
        .isEqualByComparingTo("10.00000001");
    assertThat(given.required("member_point_card_self").intValue()).isZero();
    JsonNode after = site.get("/merchant/balance");
    assertThat(after.required("point_card_self")).isEqualTo(before.required("point_card_self"));
    assertThat(
            before
                .required("point_card_gift")
                .decimalValue()
                .subtract(after.required("point_card_gift").decimalValue()))
        .isEqualByComparingTo("10.00000001");
    assertThat(refuse("recharge", "email", "given@x.example", "amount", "100000")).isEqualTo(402);
    assertThat(refuse("recharge", "email", "given@x.example", "amount", "0.000000001"))
        .isEqualTo(400);
  }

  @Test
  void call_9_movements_of_a_user_and_of_the_merchant() {
    User user = site.user("logged@x.example");
    give("logged@x.example", "2", "1");
    give("logged@x.example", "3", "2");
    JsonNode page =
        site.get("/merchant/point-card/logs", "email", "logged@x.example", "change_type", "1");
    assertThat(page.required("total").intValue()).isEqualTo(1);
    JsonNode row = page.required("list").get(0);
    assertFields(
        row,
        "id",
        "change_type",
        "change_type_name",
        "source_type",
        "amount",
        "before_self",
        "after_self",
        "before_gift",
        "after_gift",
        "member_id",
        "to_type",
        "related_user_id",
        "remark",
        "create_time",
        "create_time_str");
    assertThat(row.required("amount").decimalValue()).isEqualByComparingTo("2");
    assertThat(row.required("source_type").intValue()).isEqualTo(1);
    assertThat(row.required("change_type_name").asString()).isEqualTo("充值");
    assertThat(row.required("member_id").longValue()).isEqualTo(user.id().value());
    assertThat(row.required("create_time").longValue()).isEqualTo(site.now());
    assertThat(row.required("create_time_str").asString()).matches(TIME);
    JsonNode own =
        site.get("/merchant/point-card/logs", "change_type", "3").required("list").get(0);
    assertThat(own.required("amount").decimalValue()).isNegative();
    assertThat(own.required("related_user_id").isIntegralNumber()).isTrue();
    assertThat(
            site.get("/merchant/point-card/logs", "change_type", "1").required("total").intValue())
        .isEqualTo(1);
    String now = row.required("create_time_str").asString();
    assertThat(
            site.get(
                    "/merchant/point-card/logs",
                    "email",
                    "logged@x.example",
                    "start_time",
                    now,
                    "end_time",
                    now)
                .required("total")
                .intValue())
        .isEqualTo(2);
    assertThat(
            site.get(
                    "/merchant/point-card/logs",
                    "email",
                    "logged@x.example",
                    "start_time",
                    Long.toString(site.now() + 1))
                .required("total")
                .intValue())
        .isZero();
  }

  @Test
  void calls_10_to_13_a_strategy_is_opened_changed_and_closed() {
    long strategy = site.strategy("cross_1");
    JsonNode offered =
        site.get("/merchant/strategies")
            .valueStream()
            .filter(each -> each.required("strategy_id").longValue() == strategy)
            .findFirst()
            .orElseThrow();
    assertFields(
        offered,
        "id",
        "strategy_id",
        "name",
        "description",
        "symbol",
        "timeframe",
        "min_capital",
        "capital",
        "leverage",
        "risk_mode",
        "risk_mode_label",
        "amount_usdt",
        "status");
    // 1000 × 1.5 % × 20
    assertThat(offered.required("amount_usdt").decimalValue()).isEqualByComparingTo("300");
    assertThat(offered.required("risk_mode_label").asString()).isEqualTo("均衡");
    var _ = site.user("trader@x.example");
    String account = Long.toString(bind("trader@x.example", "TRADER-KEY-0123456789"));
    String[] place = {
      "email", "trader@x.example", "strategy_id", Long.toString(strategy), "account_id", account
    };
    assertThat(refuse("strategy/open", place)).isEqualTo(402);
    assertThat(refuse("strategy/update", place)).isEqualTo(404);
    assertThat(refuse("strategy/close", place)).isEqualTo(404);
    give("trader@x.example", "1", "1");
    JsonNode opened = site.post("/merchant/user/strategy/open", place);
    assertFields(
        opened,
        "binding_id",
        "strategy_id",
        "account_id",
        "mode",
        "capital",
        "leverage",
        "risk_mode",
        "risk_mode_label",
        "amount_usdt");
    // loop, the strategy's capital, 20, steady: 1000 × 1 % × 20
    assertThat(opened.required("mode").intValue()).isEqualTo(2);
    assertThat(opened.required("capital").intValue()).isEqualTo(1_000);
    assertThat(opened.required("leverage").intValue()).isEqualTo(20);
    assertThat(opened.required("risk_mode").intValue()).isEqualTo(1);
    assertThat(opened.required("amount_usdt").decimalValue()).isEqualByComparingTo("200");
    assertThat(refuse("strategy/open", place)).isEqualTo(409);
    assertThat(refuse("apikey/unbind", "email", "trader@x.example", "account_id", account))
        .isEqualTo(409);
    JsonNode changed =
        site.post(
            "/merchant/user/strategy/update", with(place, "capital", "333.33", "risk_mode", "3"));
    assertFields(
        changed,
        "binding_id",
        "capital",
        "leverage",
        "risk_mode",
        "risk_mode_label",
        "amount_usdt");
    // 333.33 × 2 % × 20 = 133.332
    assertThat(changed.required("amount_usdt").decimalValue()).isEqualByComparingTo("133.33");
    JsonNode followed = site.get("/merchant/user/strategies", "email", "trader@x.example").get(0);
    assertFields(
        followed,
        "binding_id",
        "strategy_id",
        "strategy_name",
        "name",
        "symbol",
        "account_id",
        "status",
        "mode",
        "capital",
        "leverage",
        "risk_mode",
        "risk_mode_label",
        "amount_usdt",
        "min_point_card",
        "paused",
        "total_profit",
        "total_trades",
        "create_time");
    assertThat(followed.required("status").intValue()).isEqualTo(1);
    assertThat(followed.required("total_trades").intValue()).isZero();
    assertThat(site.post("/merchant/user/strategy/close", place).isNull()).isTrue();
    assertThat(site.post("/merchant/user/strategy/close", place).isNull()).isTrue();
    assertThat(
            site.get("/merchant/user/strategies", "email", "trader@x.example")
                .get(0)
                .required("status")
                .intValue())
        .isZero();
    assertThat(
            site.post("/merchant/user/strategy/open", with(place, "mode", "1", "leverage", "5"))
                .required("binding_id"))
        .isEqualTo(opened.required("binding_id"));
    assertThat(refuse("strategy/open", with(place, "leverage", "7"))).isEqualTo(400);
  }

  @Test
  void call_14_points_move_within_one_invitation_line() {
    User above = site.user("above@x.example");
    User below = site.user(site.tenant, "below@x.example", Optional.of(above.id()));
    var _ = site.user(site.tenant, "deep@x.example", Optional.of(below.id()));
    var _ = site.user("aside@x.example");
    give("above@x.example", "10", "1");
    JsonNode moved = transfer("above@x.example", "deep@x.example", "4");
    assertFields(
        moved,
        "from_email",
        "to_email",
        "type",
        "type_name",
        "amount",
        "from_self_after",
        "from_gift_after",
        "to_self_after",
        "to_gift_after");
    assertThat(moved.required("type").intValue()).isEqualTo(1);
    assertThat(moved.required("from_self_after").decimalValue()).isEqualByComparingTo("6");
    assertThat(moved.required("to_self_after").decimalValue()).isEqualByComparingTo("4");
    var _ = transfer("deep@x.example", "above@x.example", "1");
    String call = "transfer-point-card";
    assertThat(
            refuse(
                call,
                "from_email",
                "above@x.example",
                "to_email",
                "aside@x.example",
                "amount",
                "1"))
        .isEqualTo(403);
    assertThat(
            refuse(
                call,
                "from_email",
                "above@x.example",
                "to_email",
                "ABOVE@x.example",
                "amount",
                "1"))
        .isEqualTo(400);
    assertThat(
            refuse(
                call,
                "from_email",
                "above@x.example",
                "to_email",
                "below@x.example",
                "amount",
                "99"))
        .isEqualTo(402);
    assertThat(
            refuse(
                call,
                "from_email",
                "above@x.example",
                "to_email",
                "below@x.example",
                "amount",
                "1",
                "type",
                "2"))
        .isEqualTo(402);
  }

  @Test
  void calls_15_to_19_a_team_earns_and_is_paid_out() {
    User leader = site.user("leader@x.example");
    User source = site.user(site.tenant, "source@x.example", Optional.of(leader.id()));
    assertThat(
            site.post("/merchant/user/set-market-node", "email", "leader@x.example", "is_node", "1")
                .isNull())
        .isTrue();
    assertThat(refuse("set-market-node", "email", "leader@x.example")).isEqualTo(400);
    site.site.run(
        tx -> {
          var members = site.rewards.members();
          var tenant = site.tenant.tenant().id();
          var _ = members.tellTotal(tx, tenant, leader.id(), points("5000"));
          var _ = members.tellTotal(tx, tenant, source.id(), points("20000"));
        });
    give("source@x.example", "900", "1");
    site.site.run(
        tx -> {
          var _ =
              site.rewards
                  .profits()
                  .close(
                      tx,
                      new ProfitClose(
                          site.tenant.tenant().id(),
                          source.id(),
                          "1",
                          "close-1",
                          points("3000"),
                          AccountNature.REAL));
        });
    site.distribute();
    JsonNode team = site.get("/merchant/user/team", "email", "leader@x.example");
    assertFields(team, "list", "total", "page", "limit", "team_stats");
    assertFields(
        team.required("list").get(0),
        "user_id",
        "email",
        "level",
        "level_name",
        "is_market_node",
        "team_performance",
        "sub_count",
        "create_time");
    assertFields(team.required("team_stats"), "direct_count", "total_count", "total_performance");
    assertThat(team.required("team_stats").required("total_performance").decimalValue())
        .isEqualByComparingTo("20000");
    JsonNode info = site.get("/merchant/user/info", "email", "leader@x.example");
    assertThat(info.required("level").intValue()).isEqualTo(1);
    assertThat(info.required("is_market_node").booleanValue()).isTrue();
    // of 900 the network has 180: a quarter to the inviter, the S1 rate of 0.2 by level difference
    assertThat(info.required("reward_usdt").decimalValue()).isEqualByComparingTo("81");
    JsonNode rewards =
        site.get("/merchant/user/rewards", "email", "leader@x.example", "reward_type", "direct");
    assertThat(rewards.required("total").intValue()).isEqualTo(1);
    JsonNode reward = rewards.required("list").get(0);
    assertFields(
        reward,
        "id",
        "reward_type",
        "reward_type_name",
        "amount",
        "source_user_id",
        "source_email",
        "rate",
        "settle_batch",
        "remark",
        "create_time");
    assertThat(reward.required("amount").decimalValue()).isEqualByComparingTo("45");
    assertThat(reward.required("rate").decimalValue()).isEqualByComparingTo("0.25");
    assertThat(reward.required("source_email").asString()).isEqualTo("source@x.example");
    assertThat(
            site.get("/merchant/user/rewards", "email", "leader@x.example")
                .required("total")
                .intValue())
        .isEqualTo(2);
    JsonNode applied =
        site.post(
            "/merchant/user/withdraw",
            "email",
            "leader@x.example",
            "amount",
            "50.01",
            "wallet_address",
            "TAddress");
    assertFields(
        applied,
        "withdrawal_id",
        "amount",
        "fee",
        "actual_amount",
        "status",
        "status_name",
        "create_time");
    assertThat(applied.required("fee").decimalValue()).isEqualByComparingTo("2.5");
    assertThat(applied.required("actual_amount").decimalValue()).isEqualByComparingTo("47.51");
    assertThat(applied.required("status").intValue()).isZero();
    assertThat(applied.required("status_name").asString()).isEqualTo("待审核");
    JsonNode row =
        site.get("/merchant/user/withdrawals", "email", "leader@x.example", "status", "0")
            .required("list")
            .get(0);
    assertFields(
        row,
        "id",
        "amount",
        "fee",
        "actual_amount",
        "wallet_address",
        "wallet_network",
        "status",
        "status_name",
        "tx_hash",
        "reject_reason",
        "create_time",
        "audit_time",
        "complete_time");
    assertThat(row.required("wallet_network").asString()).isEqualTo("TRC20");
    assertThat(row.required("tx_hash").isNull()).isTrue();
    String[] again = {"email", "leader@x.example", "amount", "50", "wallet_address", "TAddress"};
    assertThat(refuse("withdraw", again)).isEqualTo(402);
    again[3] = "49.99";
    assertThat(refuse("withdraw", again)).isEqualTo(400);
    again[3] = "50";
    assertThat(refuse("withdraw", with(again, "wallet_network", "LIGHTNING"))).isEqualTo(400);
  }

  @Test
  void another_tenants_user_is_not_found_by_any_call() {
    NewTenant other = site.tenant("Other");
    var _ = site.user(other, "theirs@x.example", Optional.empty());
    var _ = site.user("ours@x.example");
    String theirs = "theirs@x.example";
    for (String call : List.of("info", "strategies", "team", "rewards", "withdrawals")) {
      assertThat(refused("GET", call, "email", theirs)).as(call).isEqualTo(404);
    }
    assertThat(site.refused("GET", "/merchant/point-card/logs", "email", theirs)).isEqualTo(404);
    assertThat(refuse("recharge", "email", theirs, "amount", "1")).isEqualTo(404);
    assertThat(refuse("set-market-node", "email", theirs, "is_node", "1")).isEqualTo(404);
    assertThat(refuse("withdraw", "email", theirs, "amount", "50", "wallet_address", "T"))
        .isEqualTo(404);
    assertThat(refuse("apikey/unbind", "email", theirs, "account_id", "1")).isEqualTo(404);
    for (String call : List.of("strategy/open", "strategy/update", "strategy/close")) {
      assertThat(refuse(call, "email", theirs, "strategy_id", "1", "account_id", "1"))
          .as(call)
          .isEqualTo(404);
    }
    String transfer = "transfer-point-card";
    assertThat(refuse(transfer, "from_email", "ours@x.example", "to_email", theirs, "amount", "1"))
        .isEqualTo(404);
    assertThat(
            refuse(
                "apikey",
                "email",
                theirs,
                "exchange",
                "gate",
                "api_key",
                "K0123456789",
                "api_secret",
                "S0123456789"))
        .isEqualTo(404);
    assertThat(site.get("/merchant/users", "email", theirs).required("total").intValue()).isZero();
  }

  private static Amount points(String text) {
    return Points.of(new BigDecimal(text));
  }

  private static JsonNode create(String email) {
    return site.post("/merchant/user/create", "email", email, "password", "four words are enough");
  }

  private static void give(String email, String amount, String type) {
    var _ = site.post("/merchant/user/recharge", "email", email, "amount", amount, "type", type);
  }

  private static JsonNode transfer(String from, String to, String amount) {
    return site.post(
        "/merchant/user/transfer-point-card", "from_email", from, "to_email", to, "amount", amount);
  }

  private static long bind(String email, String key) {
    return site.post(
            "/merchant/user/apikey",
            "email",
            email,
            "exchange",
            "binance",
            "api_key",
            key,
            "api_secret",
            "the-secret-of-it")
        .required("account_id")
        .longValue();
  }

  private static int refuse(String call, String... parameters) {
    return refused("POST", call, parameters);
  }

  private static int refused(String method, String call, String... parameters) {
    return site.refused(method, "/merchant/user/" + call, parameters);
  }

  private static String[] with(String[] first, String... more) {
    String[] all = Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return all;
  }

  private static void assertFields(JsonNode object, String... names) {
    assertThat(new TreeSet<>(object.propertyNames())).isEqualTo(new TreeSet<>(List.of(names)));
  }
}
