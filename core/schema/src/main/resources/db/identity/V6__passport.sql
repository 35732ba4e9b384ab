-- How users sign in: mails, sessions, second factors, sign-on by other providers.

alter table identity.tenant_user
  -- null: nobody has shown yet that mail to the address reaches the user
  add column email_verified_at timestamptz,
  -- in which mails are written
  add column language text check (language in ('en', 'zh')),
  add column last_login_at timestamptz,
  -- users that a tenant's backend has made under its own name have no address
  add constraint tenant_user_verified_email check (email_verified_at is null or email is not null);

create table identity.user_session (
  -- the jti of its tokens
  id           uuid        primary key,
  tenant_id    bigint      not null,
  user_id      bigint      not null,
  method       text        not null check (method in ('password', 'mail', 'sign_on')),
  -- what the caller said it is, and from where it came last
  device       text        not null check (length(device) <= 200),
  address      text        not null check (length(address) <= 64),
  -- a token that refreshes says how often that was done before: one that says less was used already
  refreshes    bigint      not null default 0 check (refreshes >= 0),
  created_at   timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at   timestamptz not null,
  revoked_at   timestamptz,
  constraint user_session_user foreign key (tenant_id, user_id) references identity.tenant_user (tenant_id, id)
);
create index user_session_by_user on identity.user_session (user_id, created_at);
create index user_session_by_expiry on identity.user_session (expires_at);

alter table identity.admin_session
  add column device       text not null default '' check (length(device) <= 200),
  add column address      text not null default '' check (length(address) <= 64),
  add column last_seen_at timestamptz,
  -- false: opened by a password alone where a second factor is demanded; good for setting one up
  add column complete     boolean not null default true;

alter table identity.admin
  -- by which a provider that vouches for it finds the administrator
  add column email text check (length(email) between 3 and 254 and email = lower(email));
create unique index admin_email on identity.admin (email);

-- mails that are to be sent; written with the change they tell of. What is asked for an address that
-- nobody has is written alike, and found to be nothing when it is its turn.
create table identity.mail (
  id            bigint generated always as identity primary key,
  tenant_id     bigint      not null references identity.tenant,
  purpose       text        not null check (purpose in ('verify', 'reset', 'password_changed')),
  recipient     text        not null check (length(recipient) between 3 and 254),
  language      text        not null check (language in ('en', 'zh')),
  -- of a registration: what the user is made from when the address is verified
  password_hash text,
  inviter_id    bigint,
  state         text        not null default 'waiting' check (state in ('waiting', 'sent', 'failed', 'void')),
  tries         integer     not null default 0 check (tries >= 0),
  created_at    timestamptz not null,
  next_try_at   timestamptz not null,
  finished_at   timestamptz,
  last_error    text        check (length(last_error) <= 200),
  constraint mail_finished check ((state = 'waiting') = (finished_at is null))
);
create index mail_waiting on identity.mail (next_try_at, id) where state = 'waiting';
create index mail_by_recipient on identity.mail (recipient, created_at);
create index mail_finished_by_time on identity.mail (finished_at) where finished_at is not null;

-- what the link in a mail brings back; used once
create table identity.mail_token (
  token_hash    bytea       primary key check (length(token_hash) = 32),
  purpose       text        not null check (purpose in ('verify', 'reset')),
  tenant_id     bigint      not null references identity.tenant,
  email         text        not null,
  -- whose address is verified or password reset; null: a user is made
  user_id       bigint,
  password_hash text,
  inviter_id    bigint,
  language      text        not null,
  created_at    timestamptz not null,
  expires_at    timestamptz not null
);
create index mail_token_by_email on identity.mail_token (tenant_id, email);
create index mail_token_by_expiry on identity.mail_token (expires_at);

-- how often something was tried within a window of time; a hash of what and by whom
create table identity.attempts (
  subject_hash bytea       primary key check (length(subject_hash) = 32),
  counted      integer     not null check (counted >= 1),
  begun_at     timestamptz not null,
  ends_at      timestamptz not null
);
create index attempts_by_end on identity.attempts (ends_at);

-- second factors by time (RFC 6238)
create table identity.totp (
  owner_kind   text        not null check (owner_kind in ('admin', 'user')),
  owner_id     bigint      not null,
  -- encrypted under the master key
  seed_sealed  bytea       not null,
  -- null: begun, and not asked for yet
  confirmed_at timestamptz,
  -- the step of the code that was taken last; no code of it or of an earlier one is taken again
  last_step    bigint      not null default 0,
  created_at   timestamptz not null,
  primary key (owner_kind, owner_id)
);

create table identity.recovery_code (
  owner_kind text   not null check (owner_kind in ('admin', 'user')),
  owner_id   bigint not null,
  -- keyed by the master key: short enough to be typed, they could be guessed from a plain hash
  code_hash  bytea  not null check (length(code_hash) = 32),
  primary key (owner_kind, owner_id, code_hash),
  foreign key (owner_kind, owner_id) references identity.totp on delete cascade
);

-- who somebody is at another provider (OpenID Connect)
create table identity.user_sign_on (
  tenant_id  bigint      not null,
  issuer     text        not null check (length(issuer) <= 500),
  subject    text        not null check (length(subject) <= 255),
  user_id    bigint      not null,
  created_at timestamptz not null,
  primary key (tenant_id, issuer, subject),
  foreign key (tenant_id, user_id) references identity.tenant_user (tenant_id, id)
);
create index user_sign_on_by_user on identity.user_sign_on (user_id);

create table identity.admin_sign_on (
  issuer     text        not null check (length(issuer) <= 500),
  subject    text        not null check (length(subject) <= 255),
  admin_id   bigint      not null references identity.admin,
  created_at timestamptz not null,
  primary key (issuer, subject)
);
create index admin_sign_on_by_admin on identity.admin_sign_on (admin_id);

-- sign-ons that have been begun; each can be ended once
create table identity.sign_on_attempt (
  state_hash   bytea       primary key check (length(state_hash) = 32),
  provider     text        not null,
  face         text        not null check (face in ('admin', 'user')),
  -- of the browser that began it
  browser_hash bytea       not null check (length(browser_hash) = 32),
  nonce        text        not null,
  -- the secret of PKCE, encrypted under the master key
  verifier     bytea       not null,
  tenant_id    bigint      references identity.tenant,
  -- where the provider sends the browser, as it was told
  redirect     text        not null check (length(redirect) <= 500),
  return_to    text        not null check (length(return_to) <= 500),
  expires_at   timestamptz not null
);
create index sign_on_attempt_by_expiry on identity.sign_on_attempt (expires_at);

-- the admin's list of users; each filter has its way in
create index tenant_user_by_email on identity.tenant_user (email text_pattern_ops, id) where email is not null;
create index tenant_user_disabled on identity.tenant_user (id) where not active;
create index tenant_user_of_inviter on identity.tenant_user (inviter_id, id) where inviter_id is not null;
create index tenant_user_by_name on identity.tenant_user (external_id, id);
