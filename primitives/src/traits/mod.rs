// SPDX-License-Identifier: Apache-2.0

//! Traits that join the pallets, one file for each pair of pallets. The runtime says which pallet
//! answers for which trait.
//!
//! | file | trait | asks | answers |
//! |---|---|---|---|
//! | `titles_appraisal` | [`TitleFactsSource`] | appraisal | titles |
//! | `titles_appraisal` | [`InspectModels`] | titles | appraisal |
//! | `titles_credit` | [`TitleInspect`], [`Encumber`] | credit | titles |
//! | `titles_credit` | [`RevenueSink`], [`LossPayee`], [`LineParties`], [`LineTitles`] | titles | credit |
//! | `titles_reserves` | [`PostSurety`] | reserves | titles |
//! | `credit_appraisal` | [`TitleValue`] | credit | appraisal |
//! | `credit_vault` | [`SeniorLender`] | credit | vault |
//! | `credit_vault` | [`LineRounds`] | vault | credit |
//! | `credit_vault` | [`ReferenceRate`] | credit | reserves |
//! | `governance` | [`LineRules`], [`Clock`] | titles, credit, vault | governance |
//! | `vault_reserves` | [`TreasuryBills`], [`PegReport`] | vault | reserves |
//! | `vault_reserves` | [`IdleFunds`] | reserves | vault |
//! | `oracle` | [`PriceSource`] | reserves | appraisal |
//! | `oracle` | [`OnNewAppraisal`] | appraisal | credit, reserves |

mod credit_appraisal;
mod credit_vault;
mod governance;
mod oracle;
mod titles_appraisal;
mod titles_credit;
mod titles_reserves;
mod vault_reserves;

pub use credit_appraisal::TitleValue;
pub use credit_vault::{
	Accrual, AccrualSum, LineRounds, Loss, ReferenceRate, Round, SeniorBook, SeniorLender,
	Settlement,
};
pub use governance::{Clock, LineRules};
pub use oracle::{OnNewAppraisal, PriceSource};
pub use titles_appraisal::{InspectModels, TitleFactsSource};
pub use titles_credit::{Encumber, LineParties, LineTitles, LossPayee, RevenueSink, TitleInspect};
pub use titles_reserves::PostSurety;
pub use vault_reserves::{IdleFunds, PegReport, TreasuryBills};
