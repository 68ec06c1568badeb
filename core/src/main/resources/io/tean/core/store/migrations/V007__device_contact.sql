-- Owner: ingest. The organisation that runs a device, and when the device was last heard.
ALTER TABLE device ADD COLUMN organisation_id integer REFERENCES organisation;
CREATE INDEX device_organisation ON device (organisation_id) WHERE organisation_id IS NOT NULL;

-- Written every few seconds for all devices that were heard meanwhile; beside device, whose changes make the directory reload.
CREATE TABLE device_contact (
    device_id       text PRIMARY KEY REFERENCES device,
    last_contact    timestamptz NOT NULL,
    connected_since timestamptz
) WITH (fillfactor = 60);
COMMENT ON COLUMN device_contact.last_contact IS 'The last packet of any kind, as of the last writing';
COMMENT ON COLUMN device_contact.connected_since IS 'None when the device is not connected';

CREATE INDEX dead_letter_device ON dead_letter (device_id, dead_letter_id);
CREATE INDEX dead_letter_equipment ON dead_letter (equipment_code, dead_letter_id);
