@s3 @checksums
Feature: Checksums are checked and kept

  Background:
    Given a customer with a bucket

  Scenario Outline: a right <name> is taken and given back
    When the text "The quick brown fox" is put as "k"
      | <header> | <digest> |
    Then the status is 200
    When the object "k" is read
      | x-amz-checksum-mode | ENABLED |
    Then the status is 200
    And the header "<header>" is "<value>"

    Examples:
      | name       | header                   | digest      | value                                        |
      | CRC32      | x-amz-checksum-crc32     | {crc32}     | t0V03g==                                     |
      | CRC32C     | x-amz-checksum-crc32c    | {crc32c}    | U35c9A==                                     |
      | CRC64NVME  | x-amz-checksum-crc64nvme | {crc64nvme} | sTtXPcXk1hs=                                 |
      | SHA256     | x-amz-checksum-sha256    | {sha256}    | XKxPmA/tw9Px+ZtL40csmzDVZSPmMtFRI37JMJBIvak= |
      | SHA1       | x-amz-checksum-sha1      | {sha1}      | xRnBoGzb6yvEmeIhN/tIaDhYs0U=                 |

  Scenario Outline: a wrong <name> is refused and nothing is stored
    When the text "The quick brown fox" is put as "k"
      | <header> | <digest> |
    Then the status is 400
    And the error code is "BadDigest"
    And there is no object "k"

    Examples:
      | name      | header                   | digest                                       |
      | CRC32     | x-amz-checksum-crc32     | AAAAAA==                                     |
      | CRC32C    | x-amz-checksum-crc32c    | AAAAAA==                                     |
      | CRC64NVME | x-amz-checksum-crc64nvme | AAAAAAAAAAA=                                 |
      | SHA256    | x-amz-checksum-sha256    | AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= |

  @canary
  Scenario: a right Content-MD5
    When the text "hello" is put as "k"
      | Content-MD5 | {md5} |
    Then the status is 200

  Scenario: a wrong Content-MD5
    When the text "hello" is put as "k"
      | Content-MD5 | AAAAAAAAAAAAAAAAAAAAAA== |
    Then the status is 400
    And the error code is "BadDigest"

  Scenario: a Content-MD5 that is none
    When the text "hello" is put as "k"
      | Content-MD5 | not-base64 |
    Then the status is 400
    And the error code is "InvalidDigest"
