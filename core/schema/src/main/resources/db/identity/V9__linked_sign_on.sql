-- Sign-ons that a user begins who is in a session already, to link a provider to their account.
alter table identity.sign_on_attempt
  -- null: it opens a session
  add column user_id bigint references identity.tenant_user;
