-- Owner: register. Why a record of an inspection supersedes an earlier one; both are kept.
ALTER TABLE inspection ADD COLUMN correction_reason text CHECK (correction_reason IS NULL OR supersedes IS NOT NULL);
