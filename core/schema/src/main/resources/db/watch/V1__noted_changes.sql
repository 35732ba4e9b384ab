-- This schema keeps nothing: it watches tables of the others, after which it is migrated. A table whose
-- changes by administrators belong into identity.admin_change is named at the end, or in a later migration.

-- What a piece of work changes is noted row by row, where somebody has asked for it in the transaction:
-- tollgate.change is 'on' then, tollgate.changes gathers the rows as JSON, tollgate.changed counts them.

-- The columns of a row that differ from the other one, or all where there is no other. Values of secret
-- columns are masked, long ones cut.
CREATE FUNCTION watch.shown_columns(shown jsonb, other jsonb, secret text[]) RETURNS jsonb
  LANGUAGE sql IMMUTABLE AS
$$
  SELECT coalesce(jsonb_object_agg(c.key,
           CASE WHEN c.value = 'null' THEN c.value
                WHEN c.key = ANY (secret) THEN '"****"'::jsonb
                WHEN length(c.value::text) > 1000
                  THEN to_jsonb(left(c.value #>> '{}', 1000) || '…')
                ELSE c.value END), '{}')
    FROM jsonb_each(shown) AS c (key, value)
   WHERE other = '{}' OR other -> c.key IS DISTINCT FROM c.value
$$;

CREATE FUNCTION watch.note_change() RETURNS trigger
  LANGUAGE plpgsql AS
$$
DECLARE
  was    jsonb := '{}';
  became jsonb := '{}';
  place  integer := coalesce(nullif(current_setting('tollgate.changed', true), ''), '0')::integer;
  noted  text := coalesce(current_setting('tollgate.changes', true), '');
BEGIN
  IF TG_OP <> 'INSERT' THEN
    was := to_jsonb(old);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    became := to_jsonb(new);
  END IF;
  IF was = became THEN
    RETURN NULL;
  END IF;
  PERFORM set_config('tollgate.changed', (place + 1)::text, true);
  -- what comes after is counted only
  IF place < 50 AND length(noted) < 65536 THEN
    PERFORM set_config('tollgate.changes',
      noted || CASE WHEN place = 0 THEN '' ELSE ',' END || jsonb_build_object(
        'thing', TG_TABLE_NAME,
        'id', coalesce(became ->> 'id', was ->> 'id', became ->> 'tenant_id', was ->> 'tenant_id',
                       became ->> 'owner_id', was ->> 'owner_id', ''),
        'tenant_id', coalesce(became -> 'tenant_id', was -> 'tenant_id'),
        'admin_id', coalesce(became -> 'admin_id', was -> 'admin_id'),
        'before', watch.shown_columns(was, became, TG_ARGV),
        'after', watch.shown_columns(became, was, TG_ARGV))::text,
      true);
  END IF;
  RETURN NULL;
END
$$;

-- Notes changes of a table; the columns named are secret.
CREATE FUNCTION watch.begin(watched regclass, VARIADIC secret text[] DEFAULT '{}') RETURNS void
  LANGUAGE plpgsql AS
$$
BEGIN
  EXECUTE format(
    'CREATE TRIGGER change_noted AFTER INSERT OR UPDATE OR DELETE ON %s FOR EACH ROW '
    'WHEN (current_setting(''tollgate.change'', true) = ''on'') EXECUTE FUNCTION watch.note_change(%s)',
    watched, (SELECT coalesce(string_agg(quote_literal(s), ', '), '') FROM unnest(secret) AS s));
END
$$;

SELECT watch.begin('identity.tenant', 'app_secret_sealed');
SELECT watch.begin('identity.tenant_user', 'password_hash');
SELECT watch.begin('identity.api_key', 'secret_hash', 'retiring_hash');
SELECT watch.begin('identity.service_token', 'secret_hash');
SELECT watch.begin('identity.admin', 'password_hash');
SELECT watch.begin('identity.totp', 'seed_sealed', 'last_step');
SELECT watch.begin('identity.recovery_code', 'code_hash');

-- of sessions what opens and ends them: that they are used is no change
CREATE TRIGGER change_noted AFTER INSERT ON identity.admin_session FOR EACH ROW
  WHEN (current_setting('tollgate.change', true) = 'on') EXECUTE FUNCTION watch.note_change();
CREATE TRIGGER end_noted AFTER UPDATE OF revoked_at ON identity.admin_session FOR EACH ROW
  WHEN (current_setting('tollgate.change', true) = 'on') EXECUTE FUNCTION watch.note_change();
CREATE TRIGGER end_noted AFTER UPDATE OF revoked_at ON identity.user_session FOR EACH ROW
  WHEN (current_setting('tollgate.change', true) = 'on') EXECUTE FUNCTION watch.note_change();

SELECT watch.begin('billing.service_version');
SELECT watch.begin('billing.plan');
SELECT watch.begin('billing.subscription');
SELECT watch.begin('billing.code_batch');
SELECT watch.begin('billing.invitation_terms');
SELECT watch.begin('billing.price_sheet');
SELECT watch.begin('billing.price_multiplier');
SELECT watch.begin('billing.spend_limit');
SELECT watch.begin('billing.revoked_grant');
SELECT watch.begin('billing.recharge_order', 'pay_url', 'pay_code', 'pay_params');
SELECT watch.begin('billing.recharge_refund');
SELECT watch.begin('billing.recharge_case');

SELECT watch.begin('relay.provider');
SELECT watch.begin('relay.provider_account', 'headers_sealed', 'proxy_sealed');
SELECT watch.begin('relay.provider_key', 'sealed');
SELECT watch.begin('relay.account_health');
SELECT watch.begin('relay.tenant_routing');
SELECT watch.begin('relay.cache_rule');
SELECT watch.begin('relay.filter_rule', 'secret_sealed');
SELECT watch.begin('relay.prompt_rule');

SELECT watch.begin('metering.passage');
SELECT watch.begin('metering.settlement_exception');
