-- A small hotel's front desk, one SQLite file: camel case, English, no comments, guests by stay, agencies, room charges, deposits, keys,
-- lost property, police registration, loyalty. Hardly a row. Written and labelled before anything scored it.
CREATE TABLE Guest (guestId integer PRIMARY KEY, lastName varchar(50), firstName varchar(50), salutation varchar(10), nationality varchar(30), docType varchar(10), docNumber varchar(30), docIssueDate date, birthDate date, birthPlace varchar(50), mobilePhone varchar(30), emailAddress varchar(80), homeAddress varchar(200), homeCity varchar(50), postCode varchar(10), carPlate varchar(20), loyaltyNo varchar(20), dietaryNotes varchar(500), isBlacklisted integer, createdOn datetime);
CREATE TABLE Reservation (resvId integer PRIMARY KEY, confirmationNo varchar(20), guestId integer, agencyId integer, roomTypeId integer, arrivalDate date, departureDate date, adults integer, children integer, bookerName varchar(50), bookerPhone varchar(30), specialRequests varchar(500), ccNumber varchar(30), ccHolder varchar(50), ccExpiry varchar(7), status varchar(10));
CREATE TABLE Stay (stayId integer PRIMARY KEY, resvId integer, roomNo varchar(10), checkInTime datetime, checkOutTime datetime);
CREATE TABLE StayGuest (stayId integer, guestId integer, isMain integer, PRIMARY KEY (stayId, guestId));
CREATE TABLE Folio (folioId integer PRIMARY KEY, stayId integer, payerName varchar(50), payerTaxNo varchar(30));
CREATE TABLE FolioLine (lineId integer PRIMARY KEY, folioId integer, itemName varchar(50), amount numeric(12,2), postedBy varchar(20));
CREATE TABLE Deposit (depositId integer PRIMARY KEY, guestId integer, amount numeric(12,2), bankRef varchar(50));
CREATE TABLE PoliceReport (reportId integer PRIMARY KEY, guestId integer, sentAt datetime, payload text);
CREATE TABLE LostProperty (lostId integer PRIMARY KEY, roomNo varchar(10), itemDesc varchar(200), finderName varchar(50), claimantName varchar(50), claimantPhone varchar(30));
CREATE TABLE WakeUpCall (callId integer PRIMARY KEY, stayId integer, callTime datetime);
CREATE TABLE Agency (agencyId integer PRIMARY KEY, agencyName varchar(100), contactName varchar(50), contactEmail varchar(80), commission numeric(12,2));
CREATE TABLE RoomType (roomTypeId integer PRIMARY KEY, typeName varchar(50), rate numeric(12,2));
CREATE TABLE Room (roomNo varchar(10) PRIMARY KEY, roomTypeId integer, floorName varchar(20));
CREATE TABLE Housekeeper (keeperId integer PRIMARY KEY, fullName varchar(50), phone varchar(30));
CREATE TABLE Clerk (clerkId integer PRIMARY KEY, loginName varchar(30), passwordHash varchar(64), fullName varchar(50));
CREATE TABLE Shift (shiftId integer PRIMARY KEY, clerkId integer, openedAt datetime, cashAmount numeric(12,2));
CREATE TABLE LoyaltyMember (loyaltyNo varchar(20) PRIMARY KEY, guestId integer, tierName varchar(20), points integer);
CREATE TABLE Feedback (feedbackId integer PRIMARY KEY, guestId integer, score integer, commentText varchar(1000));
CREATE TABLE NewsletterOptIn (email varchar(80) PRIMARY KEY, name varchar(50), optInAt datetime);
CREATE TABLE Vendor (vendorId integer PRIMARY KEY, vendorName varchar(100), phone varchar(30));
CREATE TABLE Country (code varchar(2) PRIMARY KEY, countryName varchar(50));
