/**
 * Submissions for inspection (报检) on pages, as files and in the API: how far each is, who owes its next step, and what people enter
 * about it, through the port of the inspection ledger. The inspection pages ask it what is open.
 */
@NullMarked
package io.tean.dashboards.submission;

import org.jspecify.annotations.NullMarked;
