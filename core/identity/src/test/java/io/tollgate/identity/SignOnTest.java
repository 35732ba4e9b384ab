package io.tollgate.identity;

import static io.tollgate.identity.IdentityFixture.atOnce;
import static io.tollgate.identity.PassportFixture.HERE;
import static io.tollgate.identity.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.identity.SignOn.Begun;
import io.tollgate.identity.SignOn.Returned;
import io.tollgate.identity.SignOn.UserEnd;
import io.tollgate.identity.SignOn.Wanted;
import io.tollgate.identity.SignOnProvider.Face;
import java.net.URI;
import java.time.Duration;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class SignOnTest {
  private final PassportFixture fixture = new PassportFixture();
  private final ScriptedProvider provider = new ScriptedProvider(fixture.base.clock);
  private final UserSessions sessions = fixture.base.identity.userSessions();
  private SignOn signOn = with("");

  @AfterEach
  void close() {
    provider.close();
    fixture.close();
  }

  @Test
  void who_signs_on_is_a_user_from_then_on_whatever_their_address_becomes() {
    UserEnd first = signOn("");
    assertThat(sessions.identify(first.session().token()).orElseThrow().user())
        .isEqualTo(first.session().user());
    assertThat(first.returnTo()).isEqualTo("/portal");
    assertThat(fixture.count("identity.tenant_user where email = 'ann@a.example'")).isEqualTo(1);
    provider.saying(claims -> claims.claim("email", "other@a.example"));
    UserEnd second = signOn("/portal/keys?new=1");
    assertThat(second.session().user()).isEqualTo(first.session().user());
    assertThat(second.returnTo()).isEqualTo("/portal/keys?new=1");
    provider.saying(claims -> claims.subject("subject-2").claim("email", null));
    assertThat(signOn("").session().user()).isNotEqualTo(first.session().user());
    assertThat(sessions.list(first.session().user().tenant(), first.session().user().user()))
        .extracting(UserSessions.OpenSession::method)
        .containsOnly("sign_on");
  }

  @Test
  void of_many_sign_ons_of_one_person_at_once_there_is_one_user() throws Exception {
    List<Principal.OfUser> users = atOnce(8, () -> signOn("").session().user());
    assertThat(Set.copyOf(users)).hasSize(1);
    assertThat(fixture.count("identity.tenant_user where not is_root")).isEqualTo(1);
  }

  @Test
  void what_comes_back_must_be_of_a_sign_on_that_this_browser_began_a_moment_ago() {
    Begun begun = begin("");
    Begun another = begin("");
    String state = state(begun);
    String code = provider.visit(begun.url());
    for (Returned wrong :
        List.of(
            new Returned("corp", code, "x", begun.browser()),
            new Returned("corp", code, state + "x", begun.browser()),
            new Returned("corp", code, "", ""))) {
      refused(ErrorCode.LINK_INVALID, () -> end(wrong));
    }
    // another browser: a code that somebody planted, and it is over by that
    refused(
        ErrorCode.LINK_INVALID, () -> end(new Returned("corp", code, state, another.browser())));
    refused(ErrorCode.LINK_INVALID, () -> end(new Returned("corp", code, state, begun.browser())));
    Begun late = begin("");
    String lateCode = provider.visit(late.url());
    fixture.base.advance(Duration.ofMinutes(10));
    refused(
        ErrorCode.LINK_INVALID,
        () -> end(new Returned("corp", lateCode, state(late), late.browser())));
    Begun admins = signOn.begin(Face.USERS, wanted("corp", ""), HERE);
    refused(
        ErrorCode.LINK_INVALID,
        () ->
            signOn.endOfAdmin(
                new Returned("corp", provider.visit(admins.url()), state(admins), admins.browser()),
                HERE));
    assertThat(fixture.count("identity.tenant_user where not is_root")).isZero();
    assertThat(fixture.count("identity.user_session")).isZero();
  }

  @Test
  void a_code_of_another_sign_on_is_not_taken_by_its_challenge() {
    Begun mine = begin("");
    Begun stolen = begin("");
    String code = provider.visit(stolen.url());
    refused(
        ErrorCode.LINK_INVALID, () -> end(new Returned("corp", code, state(mine), mine.browser())));
  }

  @Test
  void a_token_that_is_not_the_providers_for_us_now_is_not_believed() throws Exception {
    Date past = Date.from(fixture.base.clock.instant().minus(Duration.ofMinutes(2)));
    Date future = Date.from(fixture.base.clock.instant().plus(Duration.ofMinutes(2)));
    for (UnaryOperator<JWTClaimsSet.Builder> spoilt :
        List.<UnaryOperator<JWTClaimsSet.Builder>>of(
            claims -> claims.issuer("https://evil.example"),
            claims -> claims.issuer(provider.issuer() + "/"),
            claims -> claims.audience("another-client"),
            claims -> claims.audience(List.of(ScriptedProvider.CLIENT, "another-client")),
            claims -> claims.claim("azp", "another-client"),
            claims -> claims.claim("nonce", "another"),
            claims -> claims.claim("nonce", null),
            claims -> claims.expirationTime(past),
            claims -> claims.expirationTime(null),
            claims -> claims.issueTime(future),
            claims -> claims.subject(null),
            claims -> claims.subject("x".repeat(256)))) {
      provider.saying(spoilt);
      refused(ErrorCode.UPSTREAM_FAILED, () -> signOn(""));
    }
    provider.saying(UnaryOperator.identity());
    RSAKey foreign = new RSAKeyGenerator(2048).generate();
    for (ScriptedProvider.Signing forged :
        List.<ScriptedProvider.Signing>of(
            (claims, key) -> new PlainJWT(claims).serialize(),
            (claims, key) -> ScriptedProvider.signed(claims, foreign),
            (claims, key) ->
                ScriptedProvider.signed(
                    claims, new RSAKey.Builder(foreign).keyID(key.getKeyID()).build()),
            SignOnTest::signedWithThePublicKey,
            (claims, key) -> ScriptedProvider.signed(claims, key) + "x",
            (claims, key) -> "not.a.token",
            (claims, key) -> "x".repeat(100_000))) {
      provider.signing(forged);
      refused(ErrorCode.UPSTREAM_FAILED, () -> signOn(""));
    }
    provider.signing(ScriptedProvider::signed);
    assertThat(fixture.count("identity.tenant_user where not is_root")).isZero();
    assertThat(signOn("").session().token()).isNotEmpty();
  }

  @Test
  void a_provider_may_change_its_key_and_not_its_name() {
    assertThat(signOn("").session().token()).isNotEmpty();
    fixture.base.advance(Duration.ofMinutes(2));
    provider.changeKey();
    assertThat(signOn("").session().token()).isNotEmpty();
    provider.callingItself("https://evil.example");
    SignOn fresh = with("");
    refused(ErrorCode.UPSTREAM_FAILED, () -> fresh.begin(Face.USERS, wanted("corp", ""), HERE));
  }

  @Test
  void a_provider_that_is_away_is_said_to_be() {
    provider.close();
    refused(ErrorCode.UNAVAILABLE, () -> begin(""));
  }

  @Test
  void an_account_of_the_address_is_linked_only_where_both_sides_have_verified_it() {
    SignedIn ann = fixture.verified("ann@a.example");
    refused(ErrorCode.CONFLICT, () -> signOn(""));
    signOn = with(",\"link_verified_email\":true");
    fixture.base.sql("update identity.tenant_user set email_verified_at = null");
    refused(ErrorCode.CONFLICT, () -> signOn(""));
    fixture.base.sql("update identity.tenant_user set email_verified_at = now()");
    provider.saying(claims -> claims.claim("email_verified", false));
    UserEnd unverified = signOn("");
    assertThat(unverified.session().user()).isNotEqualTo(ann.user());
    provider.saying(claims -> claims.subject("subject-2"));
    assertThat(signOn("").session().user()).isEqualTo(ann.user());
    fixture.base.sql("update identity.tenant_user set active = false");
    refused(ErrorCode.FORBIDDEN, () -> signOn(""));
  }

  @Test
  void where_nobody_is_made_only_who_is_there_signs_on() {
    signOn = with(",\"register\":false");
    refused(ErrorCode.FORBIDDEN, () -> signOn(""));
    signOn =
        fixture
            .module("sign.on.providers", provider.setting(""), "identity.registration", "invited")
            .signOn();
    refused(ErrorCode.FORBIDDEN, () -> signOn(""));
  }

  @Test
  void an_administrator_must_be_there_and_is_known_again_by_issuer_and_subject() {
    signOn = with(",\"for\":\"users admins\",\"link_verified_email\":true");
    AdminRegister register = fixture.base.identity.adminRegister();
    refused(ErrorCode.FORBIDDEN, this::signOnAsAdmin);
    AdminId admin =
        fixture.base.write(
            tx -> {
              AdminId id =
                  fixture
                      .base
                      .identity
                      .admins()
                      .create(tx, "ann", "Ann", "secret-enough", AdminRole.FINANCE);
              return register
                  .change(tx, id, "Ann", AdminRole.FINANCE, Optional.of("ann@A.example"))
                  .id();
            });
    Admins.AdminSession session = signOnAsAdmin();
    assertThat(session.admin()).isEqualTo(admin);
    assertThat(fixture.base.identity.admins().identify(session.token()).orElseThrow().role())
        .isEqualTo(AdminRole.FINANCE);
    provider.saying(claims -> claims.claim("email", "else@a.example"));
    assertThat(signOnAsAdmin().admin()).isEqualTo(admin);
    fixture.base.sql("update identity.admin set active = false");
    refused(ErrorCode.FORBIDDEN, this::signOnAsAdmin);
    assertThat(fixture.count("identity.tenant_user where not is_root")).isZero();
  }

  @Test
  void a_browser_goes_on_to_a_page_of_ours_only() {
    for (String elsewhere :
        List.of(
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/portal//evil.example",
            "/portal/../../evil",
            "/portal\r\nLocation: https://evil.example",
            "/portalevil.example",
            "/console",
            "portal",
            "javascript:alert(1)",
            "/portal/" + "x".repeat(500))) {
      refused(ErrorCode.INVALID_REQUEST, () -> begin(elsewhere));
    }
    refused(ErrorCode.NOT_FOUND, () -> signOn.begin(Face.USERS, wanted("nobody", ""), HERE));
    refused(ErrorCode.NOT_FOUND, () -> signOn.begin(Face.ADMINS, wanted("corp", ""), HERE));
  }

  @Test
  void nothing_of_a_sign_on_is_told_twice_or_kept_open() {
    Begun begun = begin("");
    Set<String> secrets =
        new HashSet<>(ScriptedProvider.fields(URI.create(begun.url()).getRawQuery()).values());
    assertThat(secrets).doesNotContain(begun.browser());
    assertThat(begun.toString()).doesNotContain(begun.browser());
    assertThat(provider.setting("")).contains(ScriptedProvider.SECRET);
    assertThat(signOn.providers(Face.USERS).toString()).doesNotContain(ScriptedProvider.SECRET);
    assertThat(fixture.count("identity.sign_on_attempt")).isEqualTo(1);
    var unused = signOn("");
    assertThat(fixture.count("identity.sign_on_attempt")).isEqualTo(1);
  }

  /** Key confusion: the public key, which anybody has, as if it were a secret. */
  private static String signedWithThePublicKey(JWTClaimsSet claims, RSAKey key)
      throws JOSEException {
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.getKeyID()).build(), claims);
    jwt.sign(new MACSigner(key.toPublicKey().getEncoded()));
    return jwt.serialize();
  }

  private SignOn with(String more) {
    return fixture.module("sign.on.providers", provider.setting(more)).signOn();
  }

  @Test
  void who_is_in_a_session_links_a_provider_and_signs_on_there_as_the_same_user() {
    Principal.OfUser lin = fixture.verified("lin@a.example").user();
    assertThat(signOn.linked(lin))
        .extracting(SignOn.Linked::since)
        .containsExactly(Optional.empty());
    assertThat(link(lin, begunBy(lin))).isEqualTo("/portal/account");
    assertThat(signOn.linked(lin).getFirst().since()).isPresent();
    assertThat(signOn("").session().user()).as("of another address").isEqualTo(lin);
    assertThat(link(lin, begunBy(lin))).as("the same again").isEqualTo("/portal/account");
    provider.saying(claims -> claims.subject("subject-2"));
    refused(ErrorCode.CONFLICT, () -> link(lin, begunBy(lin)));
    signOn.unlink(lin, "corp");
    signOn.unlink(lin, "corp");
    assertThat(signOn.linked(lin).getFirst().since()).isEmpty();
    provider.saying(UnaryOperator.identity());
    assertThat(signOn("").session().user()).as("a user of its own").isNotEqualTo(lin);
  }

  @Test
  void a_link_is_ended_by_who_began_it_and_not_where_the_sign_on_is_anothers() {
    Principal.OfUser lin = fixture.verified("lin@a.example").user();
    Principal.OfUser bob = fixture.verified("bob@a.example").user();
    Begun planted = begunBy(bob);
    refused(ErrorCode.LINK_INVALID, () -> link(lin, planted));
    Begun opening = begunBy(lin);
    refused(ErrorCode.LINK_INVALID, () -> end(returned(opening)));
    Begun session = begin("");
    refused(ErrorCode.LINK_INVALID, () -> link(lin, session));
    Principal.OfUser made = signOn("").session().user();
    refused(ErrorCode.CONFLICT, () -> link(lin, begunBy(lin)));
    refused(ErrorCode.CONFLICT, () -> signOn.unlink(made, "corp"));
    refused(ErrorCode.NOT_FOUND, () -> signOn.unlink(made, "nobody"));
    assertThat(signOn("").session().user()).isEqualTo(made);
  }

  private Begun begunBy(Principal.OfUser user) {
    return signOn.beginLink(user, "corp", "localhost", "/portal/account", HERE);
  }

  private String link(Principal.OfUser user, Begun begun) {
    return signOn.endLink(user, returned(begun), HERE);
  }

  private Returned returned(Begun begun) {
    return new Returned("corp", provider.visit(begun.url()), state(begun), begun.browser());
  }

  private UserEnd signOn(String returnTo) {
    Begun begun = begin(returnTo);
    return end(new Returned("corp", provider.visit(begun.url()), state(begun), begun.browser()));
  }

  private Admins.AdminSession signOnAsAdmin() {
    Begun begun = signOn.begin(Face.ADMINS, wanted("corp", ""), HERE);
    return signOn
        .endOfAdmin(
            new Returned("corp", provider.visit(begun.url()), state(begun), begun.browser()), HERE)
        .session();
  }

  private Begun begin(String returnTo) {
    return signOn.begin(Face.USERS, wanted("corp", returnTo), HERE);
  }

  private UserEnd end(Returned returned) {
    return signOn.endOfUser(returned, SignedIn.Kind.BEARER, HERE);
  }

  private static Wanted wanted(String name, String returnTo) {
    return new Wanted(name, Optional.empty(), "localhost", returnTo);
  }

  private static String state(Begun begun) {
    return String.valueOf(
        ScriptedProvider.fields(URI.create(begun.url()).getRawQuery()).get("state"));
  }
}
