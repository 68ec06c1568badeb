/**
 * Accounts, their passwords, sessions and API tokens, and the pages for them. A password or a token is kept as a hash only and shown
 * once; every change is audited in its own transaction.
 */
@NullMarked
package io.tean.dashboards.account;

import org.jspecify.annotations.NullMarked;
