-- What may be spent by an API key, by a user with all keys, or by all users of a tenant, in a span of
-- time. How much of it is left is not here: that is an account of the ledger for each window.
CREATE TABLE billing.spend_limit (
  id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id  bigint      NOT NULL CHECK (tenant_id > 0),
  scope      text        NOT NULL CHECK (scope IN ('key', 'user', 'tenant')),
  -- of a key's limit the user whose key it is
  user_id    bigint,
  api_key_id bigint,
  span       text        NOT NULL CHECK (span IN ('day', 'month', 'total')),
  currency   text        NOT NULL CHECK (currency ~ '^[A-Z0-9]{3,8}$'),
  -- smallest units; 0: nothing may be spent
  amount     bigint      NOT NULL CHECK (amount >= 0),
  -- as the ledger writes whose allowance it is
  owner      text        NOT NULL GENERATED ALWAYS AS (
                           CASE scope
                             WHEN 'key' THEN 'key:' || api_key_id::text
                             WHEN 'user' THEN 'user:' || user_id::text
                             ELSE 'tenant'
                           END) STORED,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CONSTRAINT spend_limit_names_user CHECK ((scope = 'tenant') = (user_id IS NULL)),
  CONSTRAINT spend_limit_names_key CHECK ((scope = 'key') = (api_key_id IS NOT NULL)),
  -- no more than three scopes by three spans apply to a request: its record has room for nine
  CONSTRAINT spend_limit_once
    UNIQUE NULLS NOT DISTINCT (tenant_id, scope, user_id, api_key_id, span, currency)
);
CREATE INDEX spend_limit_by_tenant ON billing.spend_limit (tenant_id, id);
CREATE INDEX spend_limit_by_user ON billing.spend_limit (user_id, id) WHERE user_id IS NOT NULL;
CREATE INDEX spend_limit_by_key ON billing.spend_limit (api_key_id, id)
  WHERE api_key_id IS NOT NULL;
CREATE INDEX spend_limit_by_scope ON billing.spend_limit (scope, id);
CREATE INDEX spend_limit_by_owner ON billing.spend_limit (tenant_id, owner);

-- What has been put into the allowance of a window in all. It stays when the limit is deleted, so that
-- a limit that is set again in the same window knows what was spent under the one before.
CREATE TABLE billing.spend_window (
  tenant_id  bigint      NOT NULL CHECK (tenant_id > 0),
  owner      text        NOT NULL CHECK (owner ~ '^(user:[1-9][0-9]*|key:[1-9][0-9]*|tenant)$'),
  currency   text        NOT NULL,
  -- day:2026-11-22, month:2026-11 or total
  label      text        NOT NULL CHECK (label ~ '^(day:.+|month:.+|total)$'),
  account_id bigint      NOT NULL,
  -- smallest units, what was taken back deducted
  granted    bigint      NOT NULL CHECK (granted >= 0),
  -- the limit's amount when all of it has been given or taken back; null while it has not
  applied    bigint      CHECK (applied >= 0),
  -- how many transfers have given or taken back
  transfers  bigint      NOT NULL CHECK (transfers >= 0),
  ends_at    timestamptz,
  PRIMARY KEY (tenant_id, owner, currency, label)
);
CREATE INDEX spend_window_unapplied ON billing.spend_window (tenant_id, owner)
  WHERE applied IS NULL;

-- Tells processes that remember under which limits users' requests run: tenant:user, or tenant:* when
-- it is a limit of all users of a tenant.
CREATE FUNCTION billing.tell_spend_limit() RETURNS trigger
  LANGUAGE plpgsql AS
$$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    PERFORM pg_notify(
      'tollgate_entitlements', old.tenant_id || ':' || coalesce(old.user_id::text, '*'));
  END IF;
  IF TG_OP <> 'DELETE' THEN
    PERFORM pg_notify(
      'tollgate_entitlements', new.tenant_id || ':' || coalesce(new.user_id::text, '*'));
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER spend_limit_changed
  AFTER INSERT OR UPDATE OR DELETE ON billing.spend_limit
  FOR EACH ROW EXECUTE FUNCTION billing.tell_spend_limit();

-- where the program runs as the owner there is no such role
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'tollgate_app') THEN
    REVOKE TRUNCATE ON billing.spend_limit FROM tollgate_app;
    REVOKE DELETE, TRUNCATE ON billing.spend_window FROM tollgate_app;
  END IF;
END
$$;
